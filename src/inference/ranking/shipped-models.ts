import { asCount, asObject } from '../engine/parse.ts';
import type { WeightSource } from '../engine/weight-files.ts';
import { createFm } from './fm.ts';
import { modelNames, readModel } from './model-files.ts';
import type { Parameters } from './parameters.ts';
import type { ShippedModels } from './teach-state.ts';
import { createVm } from './vm.ts';

/** Where the files of the FM and of the vertical models come from. */
export interface ModelSources {
  readonly fm: WeightSource;
  readonly vm: WeightSource;
}

/** Name of an FM checkpoint in its manifest. */
export function checkpointName(size: string, day: number): string {
  return `${size}@${day}`;
}

/**
 * The models that are shipped; each is fetched when it is first asked for. `onBytes` counts over all of them.
 * @throws FormatError | WeightsError
 */
export async function shippedModels(
  sources: ModelSources,
  onBytes: (done: number) => void = () => {},
): Promise<ShippedModels> {
  const [fm, vm] = await Promise.all([sources.fm.manifest(), sources.vm.manifest()]);
  const seed = asCount(asObject(asObject(fm, 'manifest').world, 'world').seed, 'world.seed');
  const [fms, vms] = [modelNames(fm), modelNames(vm)];
  const done = new Map<string, number>();
  const count = (name: string) => (bytes: number) => {
    done.set(name, bytes);
    onBytes([...done.values()].reduce((sum, part) => sum + part, 0));
  };
  const loaded = new Map<string, Promise<Parameters>>();
  const once = (key: string, load: () => Promise<Parameters>): Promise<Parameters> => {
    const known = loaded.get(key) ?? load();
    loaded.set(key, known);
    known.catch(() => loaded.delete(key));
    return known;
  };
  return {
    seed,
    async fm(size, day) {
      const name = checkpointName(size, day);
      if (!fms.includes(name)) return undefined;
      const template = createFm(size, seed).parameters;
      return once(name, () => readModel(sources.fm, fm, name, template, count(name)));
    },
    async vm(domain) {
      if (!vms.includes(domain)) return undefined;
      const template = createVm(seed).parameters;
      return once(domain, () => readModel(sources.vm, vm, domain, template, count(domain)));
    },
  };
}
