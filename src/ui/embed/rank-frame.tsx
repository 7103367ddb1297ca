import { ROOMS } from '../app/rooms.ts';
import { RankDesk, startRoom } from '../rank/room.tsx';
import { words } from '../words.ts';
import { Foot } from './foot.tsx';
import styles from './frame.module.css';
import type { Frame } from './frames.ts';
import type { Parameters } from './parameters.ts';

/** The room that ranks, within another site's page: its controls are those of the address, as in a link that it shares. */
export function start({ hide }: Parameters): Frame {
  const room = startRoom(false);
  return {
    content: (
      <main className={styles.frame} data-hide={hide.join(' ')}>
        <div className={styles.stage} data-full="rank">
          <RankDesk room={room} />
        </div>
        <Foot path={ROOMS.rank.path} />
      </main>
    ),
    serve: ({ kind }, answer) => {
      if (kind === 'load' || kind === 'get')
        answer({ kind: 'error', code: 'not_this_room', message: words.embed.errors.notThisRoom });
    },
  };
}
