import { ALL_DRIFT, type Domain, WARM_UP_DAYS } from '../../adlog/settings.ts';
import { createWorld } from '../../adlog/world.ts';
import { createAdapter } from './adapter.ts';
import { createFm, FM_BATCH } from './fm.ts';
import { copyParameters, frozenParameters, type Parameters } from './parameters.ts';
import { type Hooks, trainOnRows } from './stream.ts';
import type { Student } from './student.ts';
import { allRows, clickRows, domainRows, domainsOf, keysOf, playDay, worldSettings } from './teach-rows.ts';
import type { FmSize, TeachProgress, TeachSettings } from './teach-run.ts';
import type {
  ShippedModels,
  TeacherStart,
  TeachHooks,
  TeachPorts,
  TeachState,
  WarmWorld,
} from './teach-state.ts';
import { EARLY_CHECKPOINTS } from './teacher.ts';
import { createVm, taughtVm, VM_BATCH } from './vm.ts';

/** Everything that is there before day 0: the world, the FM with its checkpoints, and the vertical models. */
export async function startTeach(
  settings: TeachSettings,
  { memory, shipped }: TeachPorts,
  hooks: TeachHooks = {},
): Promise<TeachState> {
  const { seed, teacher } = settings;
  const keys = keysOf(settings);
  const fitting = shipped?.seed === seed ? shipped : undefined;
  const domains = domainsOf(settings);
  let start = memory.teachers.get(keys.teacher) ?? (await shippedTeacher(fitting, teacher.size));
  const trained = new Map<Domain, Parameters>();
  for (const domain of domains) {
    const found = memory.students.get(keys.student(domain)) ?? (await fitting?.vm(domain));
    if (found) trained.set(domain, found);
  }
  const missing = domains.filter((domain) => !trained.has(domain));
  let world = memory.worlds.get(keys.world);
  if (!world || !start || missing.length > 0) {
    const fm = start ? undefined : createFm(teacher.size, seed);
    const vms = missing.map((domain) => ({ domain, vm: createVm(seed) }));
    const warmed = await warmUp(settings, fm, vms, hooks);
    world = warmed.world;
    start ??= warmed.teacher;
    for (const { domain, vm } of vms) {
      trained.set(domain, vm.parameters);
      memory.students.set(keys.student(domain), copyParameters(vm.parameters));
    }
    memory.worlds.set(keys.world, world);
  }
  if (!start) throw new Error('The warm-up left no teacher.');
  memory.teachers.set(keys.teacher, start);
  const students = Object.fromEntries(
    domains.map((domain) => {
      const parameters = trained.get(domain) ?? createVm(seed).parameters;
      const taught = taughtVm(parameters, settings.distillation, seed);
      return [
        domain,
        {
          alone: { parameters: copyParameters(parameters), adapter: createAdapter() },
          taught: { parameters: taught.parameters, adapter: taught.adapter },
        },
      ];
    }),
  );
  return { settings, day: 0, ...start, world: world.state, levels: world.levels, students };
}

/** Simulates the days before the stream, with every drift, and trains on the last of them what is given. */
async function warmUp(
  settings: TeachSettings,
  fm: Student | undefined,
  vms: readonly { readonly domain: Domain; readonly vm: Student }[],
  { signal, onProgress }: TeachHooks,
): Promise<{ world: WarmWorld; teacher: TeacherStart | undefined }> {
  const world = createWorld(worldSettings(settings, ALL_DRIFT));
  const levels: number[] = [];
  const checkpoints = new Map<number, Parameters>();
  for (let day = -WARM_UP_DAYS; day < 0; day++) {
    const hooks = (phase: TeachProgress['phase']): Hooks => ({
      ...(signal ? { signal } : {}),
      onShare: (share) => onProgress?.({ phase, day, share }),
    });
    const log = await playDay(world, signal, hooks('world').onShare);
    levels.push(log.hidden.level);
    if (day < -settings.pretrainDays) continue;
    if (fm) {
      if (EARLY_CHECKPOINTS.some((kept) => kept === day))
        checkpoints.set(day, frozenParameters(fm.parameters));
      await trainOnRows(fm, clickRows(log, allRows(log)), FM_BATCH, hooks('pretraining'));
    }
    for (const { domain, vm } of vms) {
      await trainOnRows(vm, clickRows(log, domainRows(log, domain)), VM_BATCH, hooks('pretraining'));
    }
  }
  return {
    world: { state: world.state, levels },
    teacher: fm ? { live: fm.parameters, checkpoints } : undefined,
  };
}

async function shippedTeacher(
  shipped: ShippedModels | undefined,
  size: FmSize,
): Promise<TeacherStart | undefined> {
  const live = await shipped?.fm(size, 0);
  if (!shipped || !live) return undefined;
  const checkpoints = new Map<number, Parameters>();
  for (const day of EARLY_CHECKPOINTS) {
    const checkpoint = await shipped.fm(size, day);
    if (checkpoint) checkpoints.set(day, checkpoint);
  }
  return { live, checkpoints };
}
