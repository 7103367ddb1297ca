import { type ReactNode, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import { IconButton } from '../kit/button.tsx';
import { LANGUAGE_NAMES, LANGUAGES, usualLanguages } from '../language.ts';
import { NOTE_NAMINGS, usualNaming } from '../note-names.ts';
import { type Settings, settings } from '../settings.ts';
import { THEMES } from '../theme.ts';
import { words } from '../words.ts';
import styles from './settings-panel.module.css';

const { settings: say } = words.app;
const PANEL = 'settings';

/** A button of the bar and the panel that it opens; `children` are what else is kept on the device. */
export function SettingsPanel({ children }: { children?: ReactNode }) {
  // Whoever builds the site does not know the visitor's languages.
  const usual = useSyncExternalStore(neverChanges, namingOfVisitor, namingOfNobody);
  return (
    <>
      <IconButton icon="settings" name={say.label} popoverTarget={PANEL} />
      <div id={PANEL} popover="auto" role="dialog" aria-label={say.label} className={styles.panel}>
        <Choice
          setting="theme"
          title={say.theme.label}
          options={THEMES.map((one) => [one, say.theme[one]])}
        />
        <Choice
          setting="noteNames"
          title={say.noteNames.label}
          options={[
            ['auto', say.noteNames.auto(say.noteNames[usual])],
            ...NOTE_NAMINGS.map((one) => [one, say.noteNames[one]] as const),
          ]}
        />
        {LANGUAGES.length > 1 && (
          <Choice
            setting="language"
            title={say.language.label}
            options={[
              ['auto', say.language.auto],
              ...LANGUAGES.map((one) => [one, LANGUAGE_NAMES[one]] as const),
            ]}
            // Words are settled when a page starts.
            onChange={() => location.reload()}
          />
        )}
        {children}
      </div>
    </>
  );
}

const neverChanges = () => () => {};
const namingOfVisitor = () => usualNaming(usualLanguages(settings.getState().language));
const namingOfNobody = () => usualNaming([]);

function Choice<K extends keyof Settings>({
  setting,
  title,
  options,
  onChange,
}: {
  setting: K;
  title: string;
  options: readonly (readonly [Settings[K], string])[];
  onChange?: () => void;
}) {
  const chosen = useStore(settings, (state) => state[setting]);
  return (
    <fieldset className={styles.choice}>
      <legend>{title}</legend>
      {options.map(([value, label]) => (
        <label key={value}>
          <input
            type="radio"
            name={setting}
            checked={value === chosen}
            onChange={() => {
              settings.setState({ [setting]: value });
              onChange?.();
            }}
          />
          {label}
        </label>
      ))}
    </fieldset>
  );
}
