import type { SheetPose } from './camera-geometry.ts';

/** What kind of picture: a phone over paper, a phone over a screen, a flatbed scan, or the page as it is. */
export type CameraProfile = 'photo' | 'screen' | 'scan' | 'none';

/** How the ink came onto the sheet. Lengths in staff spaces. */
export type Print = {
  /** Darkness from which the press leaves ink (0.5 = true to size, lower = thick), and how soft that edge is. */
  threshold: number;
  softness: number;
  /** Uneven inking: shifts of the threshold by clouds and by grains. */
  clouds: number;
  grains: number;
  /** Halftone or laser screen of a printer. */
  screen: { period: number; angle: number; strength: number } | null;
  /** Reflectance of the ink, linear, the paper being 1. */
  ink: number;
};

export type Paper = {
  texture: number;
  clouds: number;
  showThrough: { strength: number; shiftX: number; shiftY: number } | null;
  /** In sheet widths; depth is the light that is lost. */
  stains: { x: number; y: number; radius: number; depth: number }[];
  specks: { x: number; y: number; radius: number; depth: number }[];
  /** Sheet beyond the page image, in page widths. */
  margin: number;
};

export type Surroundings = {
  level: number;
  texture: number;
  grain: number;
  shadow: number;
  neighbour: boolean;
};

/** Light falling on the sheet. Positions in frame widths and heights (0-1), `loss` 0-1 in linear light. */
export type Light = {
  direction: number;
  slope: number;
  lamp: { x: number; y: number; reach: number; strength: number } | null;
  vignette: number;
  /** How much the bent sheet's slope shows in its shade. */
  relief: number;
  shadows: {
    x: number;
    y: number;
    direction: number;
    softness: number;
    loss: number;
    wave: number;
    phase: number;
  }[];
  /** Stray light that lies over everything. */
  veil: number;
};

/** In staff spaces of the photo. */
export type Optics = {
  defocus: number;
  /** A second focus toward one side of the frame. */
  uneven: { direction: number; offset: number; defocus: number } | null;
  motion: { x: number; y: number } | null;
};

export type Monitor = { pitch: number; grid: number; moire: number; moirePeriod: number; angle: number };

export type Sensor = {
  /** Level that sunlit paper gets, 0-255. */
  white: number;
  /** Noise of a mid grey, in levels, and how coarse the phone's denoising left it. */
  noise: number;
  grain: 0 | 1 | 2 | 3;
  contrast: number;
  sharpening: number;
  sharpeningReach: number;
  jpeg: number | null;
};

export type Bilevel = { threshold: number; specks: number };

export type CameraRecipe = {
  profile: CameraProfile;
  pose: SheetPose;
  /** Staff space wanted in the photo, px. */
  staffSpace: number;
  /**
   * What the frame shows: the music with margins (in frame widths), or the whole sheet; of a page too tall the
   * part from 0 (top) to 1 (bottom).
   */
  framing: { whole: boolean; left: number; right: number; top: number; bottom: number; part: number };
  print: Print;
  paper: Paper;
  around: Surroundings;
  light: Light;
  optics: Optics;
  monitor: Monitor | null;
  sensor: Sensor;
  bilevel: Bilevel | null;
  /** Where the noise tables are entered. */
  noiseX: number;
  noiseY: number;
};
