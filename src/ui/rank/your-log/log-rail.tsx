import { useStore } from 'zustand';
import { count, percent } from '../../kit/chart/format.ts';
import { words } from '../../words.ts';
import type { CLIPS, LEARN_ROWS } from '../controls.ts';
import { RailGroup, Select, Slider } from '../rail.tsx';
import type { LogSession } from './log-session.ts';

const say = words.yourLog.rail;

const LEARN = {
  '50000': count(50_000),
  '200000': count(200_000),
  '1000000': count(1_000_000),
  '2000000': count(2_000_000),
} satisfies Record<(typeof LEARN_ROWS)[number], string>;

const CLIPPING = {
  '10': '10',
  '100': '100',
  '1000': count(1000),
  none: say.clip.none,
} satisfies Record<(typeof CLIPS)[number], string>;

/** How the model of the log is trained, and which other policies are valued. */
export function LogRail({ session }: { session: LogSession }) {
  const hasLog = useStore(session.store, ({ log }) => log !== null);
  const hidden = useStore(session.store, ({ judged }) => judged !== null && judged.policies === null);
  const inert = hasLog ? null : say.noLog;
  const noPolicy = inert ?? (hidden ? say.noPolicy : null);
  return (
    <>
      <RailGroup title={say.training} names={['share', 'learn']}>
        <Slider
          name="share"
          label={say.share.name}
          text={say.share.text}
          inert={inert}
          format={(value) => percent(value / 100, 0)}
        />
        <Select name="learn" label={say.learn.name} text={say.learn.text} values={LEARN} />
      </RailGroup>
      <RailGroup title={say.policies} names={['epsilon', 'clip']}>
        <Slider
          name="epsilon"
          label={say.epsilon.name}
          text={say.epsilon.text}
          inert={noPolicy}
          format={(value) => value.toFixed(2)}
        />
        <Select name="clip" label={say.clip.name} text={noPolicy ?? say.clip.text} values={CLIPPING} />
      </RailGroup>
    </>
  );
}
