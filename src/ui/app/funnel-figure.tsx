import { useState } from 'react';
import { words } from '../words.ts';
import styles from './funnel-figure.module.css';
import { type HomeFunnel, PAIR, type Side } from './home-funnel.ts';
import { ROOMS, siteLink } from './rooms.ts';

const { funnel: say } = words.home;

/** Distance of the dots, and the number of them in a column of each stage; px of the drawing. */
const STEP = 9;
const ROWS = 20;
const GAP = 36;

/** One request on its way through the funnel, with and without the final stage's teaching, and what that does to recall: as Rank has it. */
export function FunnelFigure({ funnel }: { funnel: HomeFunnel }) {
  const [side, setSide] = useState<Side>('plain');
  const { value, low, high } = funnel.recall[side];
  const found = funnel.wanted.filter((one) => funnel.kept[side].includes(one)).length;
  return (
    <figure className={styles.funnel}>
      <a
        className={styles.open}
        href={inRank({ view: 'look', request: funnel.request, cut: funnel.cut, early: PAIR[side] })}
      >
        <Drawing funnel={funnel} side={side} label={say.alt(funnel.candidates, funnel.cut, found)} />
        <span>{say.openRequest}</span>
      </a>
      <div className={styles.result}>
        <button
          type="button"
          role="switch"
          aria-checked={side === 'taught'}
          className={styles.switch}
          onClick={() => setSide(side === 'plain' ? 'taught' : 'plain')}
        >
          <span aria-hidden="true" />
          {say.switch}
        </button>
        <p aria-live="polite">
          <strong>{percent(value)} %</strong> {say.recall(funnel.cut)}
          <small>
            {say.interval(percent(low), percent(high), funnel.requests)}{' '}
            <a href={inRank({ view: 'pass-on', cut: funnel.cut, early: PAIR[side] })}>{say.openRecall}</a>
          </small>
        </p>
      </div>
      <figcaption>{say.caption}</figcaption>
    </figure>
  );
}

/** A view of Rank; the switch of the figure is its early stage. */
function inRank(controls: Record<string, string | number>): string {
  const entries = Object.entries(controls).map(([name, value]) => `${name}=${value}`);
  return `${siteLink(ROOMS.rank.path)}?${entries.join('&')}`;
}

type Dot = { key: number; x: number; y: number; look: 'kept' | 'dropped' | 'found' | 'lost' };

function Drawing({ funnel, side, label }: { funnel: HomeFunnel; side: Side; label: string }) {
  const stages = stagesOf(funnel, side);
  const last = stages.at(-1);
  const width = (last?.x ?? 0) + STEP;
  return (
    <svg viewBox={`0 0 ${width + 12} ${STEP * ROWS + 24}`} role="img" aria-label={label}>
      {stages.map(({ name, x, dots }) => (
        <g key={name} transform={`translate(${x + 6} 6)`}>
          {dots.map(({ key, x: left, y, look }) => (
            <circle
              key={key}
              cx={left}
              cy={y}
              r={look === 'kept' || look === 'dropped' ? 2.6 : 3.4}
              data-look={look}
            />
          ))}
          <text y={STEP * ROWS + 12}>{say.stages[name](dots.length)}</text>
        </g>
      ))}
    </svg>
  );
}

/** All candidates, those passed on, the final stage's first five, and the winner among those that it got to see. */
function stagesOf({ candidates, wanted, kept: both }: HomeFunnel, side: Side) {
  const kept = both[side];
  const lookOf = (one: number): Dot['look'] => {
    if (wanted.includes(one)) return kept.includes(one) ? 'found' : 'lost';
    return kept.includes(one) ? 'kept' : 'dropped';
  };
  const winner = wanted.filter((one) => kept.includes(one)).slice(0, 1);
  const everyone = Array.from({ length: candidates }, (_, one) => one);
  let x = 0;
  return (
    [
      ['candidates', everyone, ROWS],
      ['kept', kept, 10],
      ['wanted', wanted, 5],
      ['winner', winner, 1],
    ] as const
  ).map(([name, who, rows]) => {
    const top = ((ROWS - rows) * STEP) / 2;
    const dots = who.map((key, i) => ({
      key,
      x: Math.floor(i / rows) * STEP,
      y: top + (i % rows) * STEP,
      look: lookOf(key),
    }));
    const stage = { name, x, dots };
    x += Math.ceil(who.length / rows) * STEP + GAP;
    return stage;
  });
}

function percent(share: number): string {
  return (100 * share).toFixed(0);
}
