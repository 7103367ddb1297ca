import type { ColumnMapping } from '../../../adlog/readers/layouts.ts';
import { Button } from '../../kit/button.tsx';
import { count } from '../../kit/chart/format.ts';
import { words } from '../../words.ts';
import type { LogSession, Waiting } from './log-session.ts';
import styles from './your-log.module.css';

const say = words.yourLog.mapper;

const PARTS = ['label', 'time', 'ad', 'user', 'position', 'propensity', 'bid'] as const;
type Use = 'none' | 'categorical' | 'numeric';

/** Columns that the table of inputs shows; a log may have a thousand. */
const SHOWN = 120;

/** Says which column plays which part, and which ones the model may look at. */
export function Mapper({ session, waiting }: { session: LogSession; waiting: Waiting }) {
  const { name, found, mapping } = waiting;
  const leaks = new Map(found.leaks.map((leak) => [leak.column, leak.message]));
  const taken = new Set([mapping.label, mapping.time, mapping.propensity]);
  const inputs = found.columns.filter((column) => !taken.has(column));
  return (
    <form
      className={styles.mapper}
      aria-labelledby="mapper-title"
      onSubmit={(event) => {
        event.preventDefault();
        void session.load();
      }}
    >
      <div>
        <h2 id="mapper-title">{say.title(name)}</h2>
        <p className={styles.quiet}>
          {found.layout ? say.known(found.layout) : say.unknown}
          {found.comments > 0 && ` ${words.yourLog.say.comments(count(found.comments))}`}
        </p>
      </div>
      <div className={styles.parts}>
        {PARTS.map((part) => (
          <label key={part}>
            <span>
              {say.parts[part]} <small>{say.hints[part]}</small>
            </span>
            <select
              value={mapping[part] ?? ''}
              onChange={({ target }) => void session.map(withPart(mapping, part, target.value))}
            >
              {part !== 'label' && <option value="">{say.none}</option>}
              {found.columns.map((column) => (
                <option key={column}>{column}</option>
              ))}
            </select>
          </label>
        ))}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by keyboard */}
      <section className={styles.inputs} aria-labelledby="mapper-inputs" tabIndex={0}>
        <h3 id="mapper-inputs">{say.inputs}</h3>
        <table>
          <thead>
            <tr>
              <th scope="col">{say.column}</th>
              <th scope="col">{say.use}</th>
              <th scope="col">{say.example}</th>
            </tr>
          </thead>
          <tbody>
            {inputs.slice(0, SHOWN).map((column) => (
              <tr key={column} data-leak={leaks.has(column)}>
                <th scope="row">{column}</th>
                <td>
                  <select
                    aria-label={`${say.use}: ${column}`}
                    value={roleOf(mapping, column)}
                    onChange={({ target }) => void session.map(withUse(mapping, column, target.value))}
                  >
                    {(['categorical', 'numeric', 'none'] as const).map((use) => (
                      <option key={use} value={use}>
                        {say.uses[use]}
                      </option>
                    ))}
                  </select>
                </td>
                <td>
                  {leaks.has(column) && (
                    <p className={styles.leak}>
                      {say.warning}. {leaks.get(column)}
                    </p>
                  )}
                  <span className={styles.example}>{examples(waiting, column)}</span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {inputs.length > SHOWN && <p className={styles.quiet}>{say.first(SHOWN, inputs.length)}</p>}
      </section>
      <div className={styles.buttons}>
        <Button look="primary" type="submit">
          {say.load}
        </Button>
        <Button onClick={session.forget}>{say.cancel}</Button>
      </div>
    </form>
  );
}

function examples({ found }: Waiting, column: string): string {
  const at = found.columns.indexOf(column);
  return found.sample
    .map((row) => row[at] ?? '')
    .filter(Boolean)
    .join('  ');
}

export function roleOf(mapping: ColumnMapping, column: string): Use {
  if (mapping.categorical.includes(column)) return 'categorical';
  return mapping.numeric.includes(column) ? 'numeric' : 'none';
}

/** The mapping with another column in a part. What is label, time or propensity is no input any more. */
export function withPart(
  mapping: ColumnMapping,
  part: (typeof PARTS)[number],
  column: string,
): ColumnMapping {
  const changed = { ...mapping, [part]: column === '' ? null : column };
  if (part !== 'label' && part !== 'time' && part !== 'propensity') return changed;
  const without = (columns: readonly string[]) => columns.filter((one) => one !== column);
  return { ...changed, categorical: without(mapping.categorical), numeric: without(mapping.numeric) };
}

/** The mapping with a column used as a name, as a number, or not at all. */
export function withUse(mapping: ColumnMapping, column: string, use: string): ColumnMapping {
  const without = (columns: readonly string[]) => columns.filter((one) => one !== column);
  const [categorical, numeric] = [without(mapping.categorical), without(mapping.numeric)];
  return {
    ...mapping,
    categorical: use === 'categorical' ? [...categorical, column] : categorical,
    numeric: use === 'numeric' ? [...numeric, column] : numeric,
  };
}
