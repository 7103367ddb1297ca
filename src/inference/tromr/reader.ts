import { loadWeights, type WeightSource } from '../engine/weights.ts';
import { type Manifest, parseManifest } from './manifest.ts';
import { disposeParameters, type Parameters, parameters } from './parameters.ts';

/** TrOMR, loaded on the active backend. */
export type Reader = { manifest: Manifest; model: Parameters };

/**
 * Loads the reader's weights onto the device.
 * @param onBytes how much has arrived, in bytes
 * @throws WeightsError if they are missing, damaged or of another version; FormatError if the manifest is malformed
 */
export async function loadReader(
  source: WeightSource,
  onBytes?: (done: number, total: number) => void,
): Promise<Reader> {
  const manifest = parseManifest(await source.manifest());
  return { manifest, model: parameters(await loadWeights(source, manifest, onBytes)) };
}

/** Frees the reader's tensors. */
export function disposeReader({ model }: Reader): void {
  disposeParameters(model);
}
