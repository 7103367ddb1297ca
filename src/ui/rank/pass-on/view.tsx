import { useEffect } from 'react';
import { useStore } from 'zustand';
import { words } from '../../words.ts';
import { PASS_ON_PANELS } from '../controls.ts';
import { Frame } from '../frame.tsx';
import styles from '../funnel/funnel.module.css';
import { funnelSession } from '../funnel/funnel-session.ts';
import { Opening } from '../funnel/opening.tsx';
import { useControls } from '../rail.tsx';
import { useRoom } from '../rank-room.ts';
import { Sentences } from '../sentences.tsx';
import { Tabs } from '../tabs.tsx';
import { useSwipeThrough } from '../use-swipe.ts';
import {
  CalibrationPanel,
  CurseChart,
  CutChart,
  FrontierPanel,
  FunnelChart,
  OrderCharts,
  ValueChart,
} from './charts.tsx';
import { affordableCut } from './figures.ts';
import { PassOnRail } from './rail.tsx';
import { passOnSentences } from './sentences.ts';

const say = words.passOn;

/** Pass on: what an early stage lets through of what the final stage would have shown, and what that costs. */
export default function PassOnView() {
  const session = funnelSession();
  const { lambda, cut } = useControls();
  const ask = () => {
    session.showPassOn(lambda);
    session.showReplay({ lambda, cut });
  };
  useEffect(() => session.showPassOn(lambda), [session, lambda]);
  useEffect(() => session.showReplay({ lambda, cut }), [session, lambda, cut]);
  return (
    <Frame rail={<PassOnRail />} sentences={<Said />}>
      <div className={styles.view}>
        <Opening session={session} onAgain={ask} />
        <Charts />
      </div>
    </Frame>
  );
}

function useShown() {
  const { store } = funnelSession();
  const sample = useStore(store, (state) => state.sample);
  const figures = useStore(store, (state) => state.passOn);
  const replay = useStore(store, (state) => state.replay);
  const { early, cut, budget } = useControls();
  return sample && figures ? { sample, figures, replay, early, cut, budget: 1e6 * budget } : null;
}

function Charts() {
  const shown = useShown();
  const { set } = useRoom();
  const { panel, measure, lambda } = useControls();
  const swipe = useSwipeThrough(PASS_ON_PANELS, panel, (next) => set({ panel: next }));
  if (!shown) return <Pending />;
  const { figures, replay, early, cut, budget } = shown;
  const affordable = budget > 0 ? affordableCut(figures.cuts, early, budget) : 0;
  return (
    <>
      <FunnelChart figures={figures} replay={replay} early={early} cut={cut} />
      <Tabs label={say.choose} names={say.panels} at={panel} onChoose={(next) => set({ panel: next })} />
      <div className={styles.panel} {...swipe}>
        {panel === 'recall' && (
          <>
            <CutChart
              figures={figures}
              measure={measure}
              early={early}
              cut={cut}
              marks={affordable > 0 ? [{ x: affordable, label: say.rail.budget.name }] : []}
              onCut={(next) => set({ cut: next })}
            />
            <OrderCharts figures={figures} />
          </>
        )}
        {panel === 'value' && (
          <ValueChart
            figures={figures}
            replay={replay}
            early={early}
            cut={cut}
            onPick={(ranker, next) => set({ early: ranker, cut: next })}
          />
        )}
        {panel === 'crossouts' &&
          (replay ? (
            <FrontierPanel
              replay={replay}
              early={early}
              lambda={lambda}
              onPick={(ranker, next) => set({ early: ranker, lambda: next })}
            />
          ) : (
            <p className={styles.quiet} role="status">
              {say.replaying}
            </p>
          ))}
        {panel === 'calibration' && <CalibrationPanel figures={figures} early={early} />}
        {panel === 'curse' && <CurseChart figures={figures} early={early} />}
      </div>
    </>
  );
}

/** Between the opened requests and their figures. */
function Pending() {
  const pending = useStore(
    funnelSession().store,
    ({ sample, passOn, problem }) => sample !== null && passOn === null && problem === null,
  );
  return (
    <p className={styles.quiet} role="status">
      {pending && say.counting}
    </p>
  );
}

function Said() {
  const shown = useShown();
  return <Sentences texts={shown ? passOnSentences(shown) : []} />;
}
