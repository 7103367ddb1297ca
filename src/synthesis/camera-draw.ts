import type { SheetPose } from './camera-geometry.ts';
import type {
  CameraProfile,
  CameraRecipe,
  Light,
  Monitor,
  Optics,
  Paper,
  Print,
  Sensor,
} from './camera-recipe.ts';
import type { Random } from './random.ts';

const degrees = (angle: number): number => (angle * Math.PI) / 180;
const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));
/** Mostly small, seldom up to `most`. */
const mostlySmall = (random: Random, most: number): number => most * random.range(0, 1) ** 2;

/**
 * Draws how one picture is taken. `severity` 1 is the usual mix, of which about half are easy pictures; smaller is
 * kinder, 0 leaves geometry and light untouched.
 */
export function drawRecipe(random: Random, profile: CameraProfile, severity = 1): CameraRecipe {
  const hardness = severity * random.pick([0.3, 0.5, 0.7, 1, 1.3]);
  const paperLike = profile === 'photo';
  const flat = profile === 'scan' || profile === 'none';
  return {
    profile,
    pose: drawPose(random, profile, hardness),
    staffSpace: drawStaffSpace(random, profile),
    framing: drawFraming(random, profile),
    print: drawPrint(random, profile, hardness),
    paper: drawPaper(random, profile, hardness),
    around: {
      level: random.chance(0.6) ? random.range(0.01, 0.15) : random.range(0.15, 0.8),
      texture: random.range(0, 0.4),
      grain: random.range(0.5, 4),
      shadow: random.range(0, 0.7),
      neighbour: paperLike && random.chance(0.35),
    },
    light: flat ? EVEN_LIGHT : drawLight(random, profile, hardness),
    optics: drawOptics(random, profile, hardness),
    monitor: profile === 'screen' ? drawMonitor(random, hardness) : null,
    sensor: drawSensor(random, profile, hardness),
    bilevel:
      profile === 'scan' && random.chance(0.5)
        ? // A scanner that lost the staff lines would be set anew.
          { threshold: random.range(0.75, 0.92), specks: mostlySmall(random, 0.0006 * hardness) }
        : null,
    noiseX: Math.floor(random.range(0, 512)),
    noiseY: Math.floor(random.range(0, 512)),
  };
}

const EVEN_LIGHT: Light = {
  direction: 0,
  slope: 0,
  lamp: null,
  vignette: 0,
  relief: 0,
  shadows: [],
  veil: 0,
};

function drawStaffSpace(random: Random, profile: CameraProfile): number {
  if (profile === 'screen') return random.range(8, 16);
  if (profile === 'scan') return random.range(8, 18);
  return random.chance(0.12) ? random.range(7, 10) : clamp(12.8 + 2.4 * random.normal(), 9, 22);
}

function drawPose(random: Random, profile: CameraProfile, hardness: number): SheetPose {
  if (profile === 'none') {
    return {
      bendDirection: 0,
      spine: null,
      waves: [],
      wrinkles: [],
      pitch: 0,
      yaw: 0,
      roll: 0,
      distance: 2,
      lens: 0,
    };
  }
  const scan = profile === 'scan';
  const tail = random.chance(0.12) ? 3 : 1;
  const bound = profile === 'photo' && random.chance(0.55);
  const loose = profile === 'photo' && random.chance(0.6);
  return {
    bendDirection: bound || !loose ? degrees(2 * random.normal()) : degrees(random.range(-90, 90)),
    spine: bound
      ? {
          side: random.chance(0.6) ? -1 : 1,
          angle: mostlySmall(random, 0.75 * Math.min(1, hardness)) + 0.03,
          reach: random.range(0.04, 0.3),
        }
      : null,
    waves: loose
      ? Array.from({ length: 2 }, () => ({
          angle: mostlySmall(random, 0.14 * hardness),
          frequency: random.range(0.2, 1.6),
          phase: random.range(0, 1),
        }))
      : [],
    wrinkles: Array.from({ length: 3 }, () => ({
      shift: mostlySmall(random, (scan ? 0.0006 : 0.0015) * hardness),
      frequencyX: random.range(-2.5, 2.5),
      frequencyY: random.range(-2.5, 2.5),
      phase: random.range(0, 1),
      along: random.range(0, 1),
    })),
    pitch: scan ? 0 : clamp(degrees(7 * hardness * random.normal()), -0.4, 0.4),
    yaw: scan ? 0 : clamp(degrees(5 * hardness * random.normal()), -0.35, 0.35),
    roll: degrees(clamp(tail * (scan ? 0.7 : 1.6) * hardness * random.normal(), -12, 12)),
    distance: random.range(1.1, 2.6),
    lens: scan ? 0 : 0.03 * hardness * random.normal(),
  };
}

function drawFraming(random: Random, profile: CameraProfile): CameraRecipe['framing'] {
  const whole = profile === 'none' || profile === 'scan' || random.chance(0.3);
  const side = () => (whole ? mostlySmall(random, 0.12) : random.range(0.01, 0.07));
  return { whole, left: side(), right: side(), top: side(), bottom: side(), part: random.next() };
}

function drawPrint(random: Random, profile: CameraProfile, hardness: number): Print {
  const none = profile === 'none';
  const rough = !none && profile !== 'screen' && random.chance(0.5);
  return {
    threshold: none ? 0.5 : clamp(0.34 - 0.07 * hardness * random.normal(), 0.2, 0.42),
    softness: none ? 1 : random.range(0.6, 1),
    clouds: rough ? mostlySmall(random, 0.1 * hardness) : 0,
    grains: rough ? mostlySmall(random, 0.14 * hardness) : 0,
    screen:
      rough && random.chance(0.35)
        ? {
            period: random.range(0.14, 0.32),
            angle: random.pick([0, 0, degrees(45), degrees(random.range(0, 90))]),
            strength: random.range(0.1, 0.4),
          }
        : null,
    ink: none
      ? 0
      : profile === 'screen'
        ? random.range(0.005, 0.06)
        : random.chance(0.1 * hardness)
          ? random.range(0.1, 0.25)
          : random.range(0.006, 0.09),
  };
}

function drawPaper(random: Random, profile: CameraProfile, hardness: number): Paper {
  const real = profile === 'photo' || (profile === 'scan' && random.chance(0.5));
  const spots = (most: number, radius: number, depth: number) =>
    Array.from({ length: Math.floor(mostlySmall(random, most)) }, () => ({
      x: random.range(0, 1),
      y: random.range(0, 1.5),
      radius: random.range(0.1, 1) * radius,
      depth: random.range(0.1, 1) * depth,
    }));
  return {
    texture: real ? mostlySmall(random, 0.03) : 0,
    clouds: real ? mostlySmall(random, 0.025 * hardness) : 0,
    showThrough:
      real && random.chance(0.45)
        ? {
            strength: mostlySmall(random, 0.3 * Math.min(1, hardness)) + 0.02,
            shiftX: random.range(-0.06, 0.06),
            shiftY: random.range(-0.06, 0.06),
          }
        : null,
    stains: real && random.chance(0.25 * hardness) ? spots(6, 0.12, 0.25) : [],
    specks: real && random.chance(0.6) ? spots(90 * hardness, 0.0022, 0.8) : [],
    margin: mostlySmall(random, 0.08),
  };
}

function drawLight(random: Random, profile: CameraProfile, hardness: number): Light {
  const shadows = profile === 'photo' && random.chance(0.6) ? (random.chance(0.4) ? 2 : 1) : 0;
  return {
    direction: random.range(0, 2 * Math.PI),
    slope: mostlySmall(random, 0.7 * Math.min(1.1, hardness)),
    lamp: random.chance(0.3)
      ? {
          x: random.range(-0.3, 1.3),
          y: random.range(-0.3, 1.3),
          reach: random.range(0.4, 1.2),
          strength: random.range(0.1, 0.8) * hardness,
        }
      : null,
    vignette: mostlySmall(random, 0.45),
    relief: random.range(0.2, 1.6),
    shadows: Array.from({ length: shadows }, () => ({
      x: random.range(0, 1),
      y: random.range(0, 1),
      direction: random.range(0, 2 * Math.PI),
      softness: 0.01 + mostlySmall(random, 0.25),
      loss: random.range(0.1, 0.7) * Math.min(1, hardness),
      wave: random.range(0, 0.15),
      phase: random.range(0, 1),
    })),
    veil: mostlySmall(random, 0.05 * hardness),
  };
}

function drawOptics(random: Random, profile: CameraProfile, hardness: number): Optics {
  if (profile === 'none') return { defocus: 0, uneven: null, motion: null };
  if (profile === 'scan') return { defocus: random.range(0.02, 0.07), uneven: null, motion: null };
  const angle = random.range(0, 2 * Math.PI);
  const length = random.range(0.05, 0.22) * hardness;
  return {
    defocus: random.range(0.025, 0.065) + mostlySmall(random, 0.09 * hardness),
    uneven: random.chance(0.25)
      ? {
          direction: random.range(0, 2 * Math.PI),
          offset: random.range(0, 0.4),
          defocus: random.range(0.08, 0.16),
        }
      : null,
    motion:
      random.chance(0.15) && length > 0.05
        ? { x: length * Math.cos(angle), y: length * Math.sin(angle) }
        : null,
  };
}

function drawMonitor(random: Random, hardness: number): Monitor {
  return {
    pitch: random.range(1.6, 4.5),
    grid: mostlySmall(random, 0.25 * hardness),
    moire: mostlySmall(random, 0.22 * hardness),
    moirePeriod: random.range(5, 60),
    angle: random.range(0, Math.PI),
  };
}

function drawSensor(random: Random, profile: CameraProfile, hardness: number): Sensor {
  if (profile === 'none') {
    return { white: 255, noise: 0, grain: 0, contrast: 0, sharpening: 0, sharpeningReach: 1, jpeg: null };
  }
  const scan = profile === 'scan';
  return {
    white: scan
      ? random.range(215, 258)
      : random.chance(0.2)
        ? random.range(235, 265)
        : random.range(125, 235),
    noise: mostlySmall(random, (scan ? 4 : 6) * hardness) + 0.4,
    grain: random.pick([0, 1, 2, 2, 3, 3] as const),
    contrast: random.range(-0.1, 0.7),
    sharpening: scan ? mostlySmall(random, 0.8) : random.range(0, 1.3) * Math.min(1, 0.5 + hardness / 2),
    sharpeningReach: random.range(0.6, 1.5),
    jpeg: random.chance(scan ? 0.4 : 0.9) ? Math.round(random.range(40, 95)) : null,
  };
}
