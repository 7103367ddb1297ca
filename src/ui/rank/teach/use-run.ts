import { useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import { FM_SIZES, type TeachSettings } from '../../../inference/ranking/teach-run.ts';
import { withRun } from '../controls.ts';
import { useControls } from '../rail.tsx';
import { useRoom } from '../rank-room.ts';
import type { Run } from '../runs.ts';
import { runKey, settingsOf } from '../settings.ts';

/** Settings that differ in the size of the teacher alone. */
export function ofAllSizes(settings: TeachSettings): TeachSettings[] {
  return FM_SIZES.map((size) => ({ ...settings, teacher: { ...settings.teacher, size } }));
}

/** The run that the controls ask for, as far as it is there, the pinned one, and the one that was shown before. */
export function useRun() {
  const controls = useControls();
  const { teach } = useRoom();
  const settings = useMemo(() => settingsOf(controls), [controls]);
  const key = runKey(settings);
  const pinnedSettings = useMemo(
    () => (controls.pin ? settingsOf(withRun(controls, controls.pin)) : null),
    [controls],
  );
  const pinnedKey = pinnedSettings && runKey(pinnedSettings);
  const state = useStore(teach.store);
  const has = (one: string | null): Run | null => {
    const run = one === null ? undefined : state.runs[one];
    return run?.days.length ? run : null;
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: equal keys are equal settings
  useEffect(() => {
    void teach.show(settings);
  }, [teach, key]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: equal keys are equal settings
  useEffect(() => {
    if (pinnedSettings) void teach.show(pinnedSettings, false);
  }, [teach, pinnedKey]);

  const comparesSizes = controls.chart === 'sizes' || controls.chart === 'ledger';
  // biome-ignore lint/correctness/useExhaustiveDependencies: equal keys are equal settings
  useEffect(() => {
    if (comparesSizes) for (const other of ofAllSizes(settings)) void teach.show(other, false);
  }, [teach, key, comparesSizes]);

  const run = has(key);
  const days = (run?.days ?? []).filter(({ day }) => day < settings.streamDays);
  return {
    controls,
    settings,
    key,
    run,
    /** Days of the run within the stream that the controls ask for. */
    days,
    /** Days up to the one that the cursor is on. */
    shown: controls.day === 0 ? days : days.slice(0, controls.day),
    pinned: pinnedKey === key ? null : has(pinnedKey),
    before: run ? null : has(state.lastShown),
    isFetching: state.library === 'loading' || (state.finished.has(key) && !state.runs[key]),
    isComplete: days.length >= settings.streamDays,
    work: state.work,
    isWorking: state.work?.key === key,
    state,
  };
}

export type ShownRun = ReturnType<typeof useRun>;
