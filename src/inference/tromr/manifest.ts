import { STEP_SIZES } from '../../notation/steps.ts';
import { STAFF_GEOMETRY, type StaffGeometry } from '../../page/geometry.ts';
import { asCount, asNumber, asObject } from '../engine/parse.ts';
import { parseWeightFiles, type WeightFiles, WeightsError } from '../engine/weights.ts';

/** Sizes of the model that its tensors do not show by themselves. */
export type Dimensions = {
  heads: number;
  /** Columns of the encoder and steps of the decoder, at most: the lengths of their tables of positions. */
  columns: number;
  steps: number;
  /** Symbols that the draft can place in one column. */
  slots: number;
};

/** What `public/models/tromr/manifest.json` says to the reader. */
export type Manifest = WeightFiles & {
  dimensions: Dimensions;
  /** Share of the CTC branch in the joint score, 0…1; fitted on synthetic staves. */
  ctcShare: number;
  /** The same within a staff, where draft and reading differ in places; fitted likewise. */
  mixingShare: number;
};

// Found by tools/fit-joint.ts: CTC speaks for the whole staff, the decoder by symbol.
const DEFAULT_CTC_SHARE = 0.05;
const DEFAULT_MIXING_SHARE = 0.5;

/**
 * Reads a manifest and refuses weights of another staff geometry or of a vocabulary of another size.
 * @throws FormatError | WeightsError
 */
export function parseManifest(value: unknown): Manifest {
  const manifest = asObject(value, 'manifest');
  const files = parseWeightFiles(manifest);
  const dimensions = asObject(manifest.dimensions, 'dimensions');
  checkStaff(asObject(manifest.staff, 'staff'));
  const joint = manifest.joint === undefined ? {} : asObject(manifest.joint, 'joint');
  const classes = files.tensors.find(({ name }) => name === 'embed.weight')?.shape[0];
  const known = STEP_SIZES.reduce((sum, size) => sum + size, 0);
  if (classes !== known)
    throw new WeightsError('unsuitable', `the weights know ${classes} classes, this program ${known}`);
  return {
    ...files,
    dimensions: {
      heads: asCount(dimensions.heads, 'dimensions.heads'),
      columns: asCount(dimensions.columns, 'dimensions.columns'),
      steps: asCount(dimensions.steps, 'dimensions.steps'),
      slots: asCount(dimensions.slots, 'dimensions.slots'),
    },
    ctcShare: asShare(joint.m, 'joint.m', DEFAULT_CTC_SHARE),
    mixingShare: asShare(joint.mixing, 'joint.mixing', DEFAULT_MIXING_SHARE),
  };
}

function asShare(value: unknown, path: string, otherwise: number): number {
  return value === undefined ? otherwise : asNumber(value, path);
}

function checkStaff(staff: Record<string, unknown>): void {
  const wanted: Record<keyof StaffGeometry, number> = STAFF_GEOMETRY;
  for (const [key, value] of Object.entries(wanted)) {
    if (asNumber(staff[key], `staff.${key}`) !== value)
      throw new WeightsError(
        'unsuitable',
        `the weights were trained on staves with ${key} ${staff[key]}, not ${value}`,
      );
  }
}
