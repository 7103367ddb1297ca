import { type ReactNode, useId, useRef, useState } from 'react';
import { words } from '../../words.ts';
import styles from './chart.module.css';
import { toCsv } from './csv.ts';
import { chartPng, fileName, saveBlob } from './download.ts';
import type { ChartText, Table } from './types.ts';

const text = words.chart;

/** What all charts have around their drawing: title, description, and the same figures as table, CSV and PNG. */
export function ChartFrame({
  title,
  description,
  table,
  children,
}: ChartText & { table: Table; children: ReactNode }) {
  const [asTable, setAsTable] = useState(false);
  const [failed, setFailed] = useState(false);
  const drawing = useRef<HTMLDivElement>(null);
  const id = useId();
  const savePng = async () => {
    const element = drawing.current?.querySelector('[data-drawing] canvas, svg[data-drawing]');
    if (!(element instanceof SVGSVGElement || element instanceof HTMLCanvasElement)) return;
    const captions = drawing.current?.querySelectorAll('[data-caption]') ?? [];
    const blob = await chartPng(element, title, [...captions]).catch(() => null);
    setFailed(blob === null);
    if (blob) saveBlob(blob, `${fileName(title)}.png`);
  };
  const saveCsv = () => saveBlob(new Blob([toCsv(table)], { type: 'text/csv' }), `${fileName(title)}.csv`);
  return (
    <figure className={styles.figure} aria-labelledby={`${id}-title`} aria-describedby={`${id}-text`}>
      <figcaption className={styles.caption}>
        <h3 id={`${id}-title`}>{title}</h3>
        <div className={styles.tools}>
          <button
            type="button"
            aria-pressed={asTable}
            aria-label={asTable ? text.showDrawing(title) : text.showTable(title)}
            onClick={() => setAsTable(!asTable)}
          >
            {asTable ? text.drawing : text.table}
          </button>
          <button type="button" aria-label={text.saveCsv(title)} onClick={saveCsv}>
            {text.csv}
          </button>
          <button
            type="button"
            aria-label={text.savePng(title)}
            disabled={asTable}
            onClick={() => void savePng()}
          >
            {text.png}
          </button>
        </div>
        <p id={`${id}-text`} className="visually-hidden">
          {description}
        </p>
      </figcaption>
      {asTable ? <TableView title={title} table={table} /> : <div ref={drawing}>{children}</div>}
      {failed && (
        <p role="alert" className={styles.note}>
          {text.failed}
        </p>
      )}
    </figure>
  );
}

/** At most this many rows are put on the page; CSV has them all. */
const SHOWN_ROWS = 500;

function TableView({ title, table }: { title: string; table: Table }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by keyboard
    <section className={styles.table} aria-label={text.showTable(title)} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {table.columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.slice(0, SHOWN_ROWS).map((row) => (
            <tr key={row.join('|')}>
              {row.map((value, i) => (
                <td key={table.columns[i]} data-number={typeof value === 'number'}>
                  {typeof value === 'number' ? readable(value) : (value ?? '–')}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function readable(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(5))).replace('-', '\u2212') : '–';
}
