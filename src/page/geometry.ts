/**
 * Where a rectified staff lies in its image. The reader is trained on exactly this, the manifest of its weights
 * repeats it, and loading refuses weights that were trained on another.
 */
export type StaffGeometry = {
  /** Distance of neighbouring staff lines, px. */
  space: number;
  /** Height of the staff image, px. */
  rows: number;
  /** Pixel row of the top line; its centre lies at `topLine + 0.5`. */
  topLine: number;
  /** Columns of the widest staff that is read in one piece, px. */
  maxWidth: number;
  /** Paper kept before the left and after the right end of the staff lines, in spaces. */
  leftMargin: number;
  rightMargin: number;
};

export const STAFF_GEOMETRY: StaffGeometry = {
  space: 8,
  rows: 128,
  topLine: 48,
  maxWidth: 1280,
  leftMargin: 1.5,
  rightMargin: 1,
};
