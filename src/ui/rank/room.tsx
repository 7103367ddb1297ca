import { type ComponentType, lazy, Suspense, useState } from 'react';
import { BACKEND_WISHES } from '../../workers/protocol.ts';
import { createRankClient, spawnRankWorker } from '../../workers/rank-client.ts';
import { keptDays } from '../../workers/rank-keeper.ts';
import { Boundary } from '../app/boundary.tsx';
import { siteUrl } from '../app/rooms.ts';
import { Shell } from '../app/shell.tsx';
import { words } from '../words.ts';
import { Bar } from './bar.tsx';
import { VIEWS, type ViewName } from './controls.ts';
import { browserAddress, createControls, type RankRoom, RoomContext, useControl } from './rank-room.ts';
import styles from './room.module.css';
import { openLibrary } from './runs.ts';
import { createTeachSession } from './session.ts';

/** The views that there are. Each fills the room below the bar; one that is not open is not loaded. */
const PARTS: Partial<Record<ViewName, ComponentType>> = {
  teach: lazy(() => import('./teach/view.tsx')),
  'pass-on': lazy(() => import('./pass-on/view.tsx')),
  look: lazy(() => import('./look/view.tsx')),
  'your-log': lazy(() => import('./your-log/view.tsx')),
};
const BUILT = VIEWS.filter((view) => PARTS[view]);

/** The room as the address has it; unless it `keeps`, nothing on the device is read or written. */
export function startRoom(keeps = true): RankRoom {
  const wish = new URLSearchParams(location.search).get('backend');
  return {
    ...createControls(browserAddress()),
    teach: createTeachSession({
      client: createRankClient(spawnRankWorker),
      library: openLibrary(siteUrl('samples/rank/')),
      kept: keeps ? keptDays() : null,
      now: () => performance.now(),
      models: siteUrl('models/'),
      backend: BACKEND_WISHES.find((backend) => backend === wish) ?? 'auto',
    }),
  };
}

export default function RankRoomPage() {
  const [room] = useState(() => startRoom());
  return (
    <Shell room="rank" fixed>
      <RankDesk room={room} />
    </Shell>
  );
}

/** The room without the site around it. */
export function RankDesk({ room }: { room: RankRoom }) {
  return (
    <RoomContext.Provider value={room}>
      <h1 className="visually-hidden">{words.rank.title}</h1>
      <Bar views={BUILT} />
      <View />
    </RoomContext.Provider>
  );
}

function View() {
  const view = useControl('view');
  const Part = PARTS[view] ?? PARTS.teach;
  return (
    Part && (
      <Boundary key={view} kept={words.rank.kept}>
        <Suspense fallback={<p className={styles.loading}>{words.rank.loadingView}</p>}>
          <Part />
        </Suspense>
      </Boundary>
    )
  );
}
