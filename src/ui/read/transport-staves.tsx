import { useStore } from 'zustand';
import { SOUNDS, type Sound } from '../sound/instrument.ts';
import type { Player } from '../sound/player.ts';
import { words } from '../words.ts';
import type { Playing } from './playing.ts';
import styles from './transport.module.css';

const { play: say } = words;

/** Which staves are heard. */
export function StavesHeard({ playing }: { playing: Playing }) {
  const { player } = playing;
  const muted = useStore(player.store, (state) => state.muted);
  const count = useStore(
    playing.music,
    ({ music }) => music?.score.parts.reduce((sum, { staves }) => sum + staves.length, 0) ?? 0,
  );
  if (count < 2) return null;
  return (
    <fieldset className={styles.row}>
      <legend>{say.parts.legend}</legend>
      <div className={styles.choices}>
        {Array.from({ length: count }, (_, staff) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a staff is known by its number
          <label key={staff} className={styles.check}>
            <input
              type="checkbox"
              className={styles.box}
              checked={!muted.includes(staff)}
              onChange={(event) => player.setMuted(staff, !event.currentTarget.checked)}
            />
            {say.parts.staff(staff + 1)}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

export function SoundChoice({ player }: { player: Player }) {
  const sound = useStore(player.store, (state) => state.sound);
  return (
    <fieldset className={styles.row}>
      <legend>{say.sound.label}</legend>
      <div className={styles.choices}>
        {SOUNDS.map((one: Sound) => (
          <label key={one} className={styles.check}>
            <input
              type="radio"
              className={styles.box}
              checked={one === sound}
              onChange={() => player.setSound(one)}
            />
            {say.sound[one]}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
