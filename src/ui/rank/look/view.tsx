import { useEffect, useEffectEvent, useMemo } from 'react';
import { useStore } from 'zustand';
import { rankRequest, valueSteps } from '../../../funnel/look.ts';
import type { LookChange } from '../../../inference/ranking/look.ts';
import { Button, IconButton } from '../../kit/button.tsx';
import { figure } from '../../kit/chart/format.ts';
import { SlopeChart } from '../../kit/chart/slope-chart.tsx';
import { WaterfallChart } from '../../kit/chart/waterfall-chart.tsx';
import { words } from '../../words.ts';
import { Frame } from '../frame.tsx';
import styles from '../funnel/funnel.module.css';
import { funnelSession } from '../funnel/funnel-session.ts';
import { Opening } from '../funnel/opening.tsx';
import { Choice, RailGroup, Slider, useControls } from '../rail.tsx';
import { useRoom } from '../rank-room.ts';
import { Sentences } from '../sentences.tsx';
import { Editor } from './editor.tsx';
import { editsOf, editText } from './edits.ts';
import { lookSentences } from './sentences.ts';

const say = words.look;
const funnel = words.passOn;

/** Look: one request, its candidates from the early rank to the final rank, and why winners were lost. */
export default function LookView() {
  const shown = useLook();
  return (
    <Frame rail={<LookRail />} sentences={<Said shown={shown} />} foot={<Stepper shown={shown} />}>
      <div className={styles.view}>
        <Opening session={funnelSession()} onAgain={shown.ask} />
        <Charts shown={shown} />
      </div>
    </Frame>
  );
}

type Look = ReturnType<typeof useLook>;

function useLook() {
  const session = funnelSession();
  const { request: wished, ad, edit, early, cut, lambda } = useControls();
  const { set } = useRoom();
  const sample = useStore(session.store, (state) => state.sample);
  const requests = sample?.requests ?? wished;
  const request = Math.min(wished, requests);
  const looked = useStore(session.store, (state) => state.looked);
  const own = looked?.before.index === request - 1 ? looked.before : null;
  const changes = useMemo(() => (own && edit ? editsOf(edit, own.ad) : NO_CHANGES), [own, edit]);
  const ask = () => session.look({ index: request - 1, ranker: early, changes });
  useEffect(
    () => session.look({ index: request - 1, ranker: early, changes }),
    [session, request, early, changes],
  );
  const before = useMemo(() => looked && rankRequest(looked.before, lambda, cut), [looked, lambda, cut]);
  const after = useMemo(
    () => (looked && looked.after !== looked.before ? rankRequest(looked.after, lambda, cut) : before),
    [looked, before, lambda, cut],
  );
  const wanted = ad > 0 ? (after?.request.ad.indexOf(ad) ?? -1) : -1;
  const selected = wanted >= 0 ? wanted : (before?.lost[0] ?? before?.winners[0] ?? 0);
  const nameOf = (i: number) => after?.request.ad[i] ?? 0;
  // What is selected and changed belongs to one request.
  const step = (by: number) =>
    set({ request: Math.min(requests, Math.max(1, request + by)), ad: 0, edit: '' });
  useStepKeys(step);
  return {
    before,
    after,
    selected,
    changes,
    lambda,
    cut,
    early,
    request,
    requests,
    ask,
    step,
    select: (i: number) => set({ ad: nameOf(i) }),
    // What is changed stays selected, lost or not.
    change: (next: readonly LookChange[]) =>
      set({ ad: nameOf(selected), edit: editText(next, after?.request.ad ?? []) }),
  };
}

/** `[` and `]` step through the requests, wherever the focus is, but not while something is typed. */
function useStepKeys(step: (by: number) => void): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const by = { '[': -1, ']': 1 }[event.key];
    const inField = event.target instanceof Element && event.target.closest('input, select, textarea');
    if (by === undefined || inField || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    step(by);
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event);
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, []);
}

const NO_CHANGES: readonly LookChange[] = [];

function LookRail() {
  const { early } = useControls();
  return (
    <>
      <RailGroup title={funnel.rail.stage} names={['early', 'cut']}>
        <Choice
          name="early"
          label={funnel.rail.early}
          values={funnel.rankers}
          text={funnel.rankerTexts[early]}
        />
        <Slider name="cut" label={funnel.rail.cut.name} text={funnel.rail.cut.text} />
      </RailGroup>
      <RailGroup title={funnel.rail.auction} names={['lambda']}>
        <Slider name="lambda" label={funnel.rail.lambda.name} text={funnel.rail.lambda.text} />
      </RailGroup>
    </>
  );
}

function Charts({ shown }: { shown: Look }) {
  const { after, selected, lambda, cut, changes } = shown;
  if (!after) return null;
  const { request, winners, lost, earlyRank, finalRank } = after;
  const name = (i: number) => say.ad(String(request.ad[i] ?? 0));
  const domain = request.fields.find((field) => field.name === 'domain')?.values[0] ?? 0;
  const steps = valueSteps(after.request, selected, lambda);
  return (
    <>
      <header className={styles.head}>
        <h2>{say.title(String(shown.request), String(shown.requests))}</h2>
        <p className={styles.quiet}>
          {say.where(funnel.groups.domain[domain] ?? '', String(request.day + 1), clockOf(request.time))}
        </p>
      </header>
      <fieldset className={styles.winners} aria-label={say.winners}>
        <div className={styles.lost}>
          {winners.map((i) => (
            <button key={i} type="button" aria-pressed={i === selected} onClick={() => shown.select(i)}>
              {finalRank[i]}. {name(i)}{' '}
              <span className={styles.quiet}>{lost.includes(i) ? say.lost : say.kept}</span>
            </button>
          ))}
        </div>
      </fieldset>
      <SlopeChart
        title={say.slope.title}
        description={say.slope.text(winners.length - lost.length, lost.length, String(cut))}
        left={say.slope.early}
        right={say.slope.final}
        cut={{ rank: cut, label: say.slope.cut(String(cut)) }}
        items={request.ad.map((ad, i) => ({
          id: String(ad),
          label: winners.includes(i) ? `${name(i)} ${lost.includes(i) ? say.lost : say.kept}` : name(i),
          left: earlyRank[i] ?? 1,
          right: finalRank[i] ?? 1,
          ...(winners.includes(i) && {
            tone: lost.includes(i) ? ('orange' as const) : ('green' as const),
            bold: true,
          }),
        }))}
        selected={String(request.ad[selected] ?? '')}
        onSelect={(id) => shown.select(request.ad.indexOf(Number(id)))}
        height={460}
      />
      <WaterfallChart
        title={say.waterfall.title(name(selected))}
        description={say.waterfall.text}
        y={{ title: say.waterfall.axis, unit: funnel.charts.currency, format: (value) => figure(value) }}
        steps={[
          { label: say.waterfall.early, value: steps.early, kind: 'start' },
          ...steps.changes.map(({ factor, change }) => ({
            label: say.waterfall[factor],
            value: change,
            kind: 'change' as const,
          })),
          { label: say.waterfall.final, value: steps.final, kind: 'total' },
        ]}
      />
      <Editor
        request={request}
        candidate={selected}
        name={name(selected)}
        changes={changes}
        onChange={shown.change}
      />
    </>
  );
}

/** `14:05` of seconds of the day. */
function clockOf(seconds: number): string {
  const pad = (value: number) => String(Math.floor(value)).padStart(2, '0');
  return `${pad(seconds / 3600)}:${pad((seconds % 3600) / 60)}`;
}

function Stepper({ shown: { after, request, requests, step, changes, change } }: { shown: Look }) {
  return (
    <div className={styles.buttons}>
      <IconButton icon="previous" name={say.previous} disabled={request <= 1} onClick={() => step(-1)} />
      <span>{say.title(String(request), after ? String(requests) : '…')}</span>
      <IconButton icon="next" name={say.next} disabled={request >= requests} onClick={() => step(1)} />
      {changes.length > 0 && <Button onClick={() => change([])}>{say.edit.resetAll}</Button>}
      <span className={`${styles.quiet} ${styles.keys}`}>{say.keys}</span>
    </div>
  );
}

function Said({ shown }: { shown: Look }) {
  const { before, after } = shown;
  return <Sentences texts={before && after ? lookSentences({ ...shown, before, after }) : []} />;
}
