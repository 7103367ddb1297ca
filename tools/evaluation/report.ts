import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Confusion, countConfusions, TOKEN_BRANCHES } from '../../src/notation/branch-errors.ts';
import { type Convention, countedSymbols } from '../../src/notation/convention.ts';
import type { Pair } from '../../src/notation/edit-distance.ts';
import {
  addRates,
  alignSymbols,
  type Rate,
  rateOf,
  rhythmName,
  type StaffComparison,
} from '../../src/notation/error-rates.ts';
import type { SemanticSymbol } from '../../src/notation/semantic.ts';
import { writeSemantic } from '../../src/notation/semantic.ts';
import type { ClassCount, ClassCounts } from '../../src/notation/symbol-classes.ts';
import { CONDITIONS, type Condition, conditionsOf } from './conditions.ts';
import type { MeasuredCase, Measurement } from './measure.ts';
import { photoOf, staffPicture } from './staff-picture.ts';

const STYLE = `body{font:14px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:80rem;padding:0 1rem;color:#222;background:#fff}
h1{font-size:1.4rem}h2{font-size:1.1rem}table{border-collapse:collapse;margin:1rem 0}td,th{padding:.15rem .8rem .15rem 0;text-align:left;vertical-align:top}
td.n{text-align:right;font-variant-numeric:tabular-nums}section{border-top:1px solid #ddd;padding:1rem 0}svg{width:100%;max-width:1200px;display:block}circle{fill:#c8102e;stroke:none}
code{font:12px/1.7 ui-monospace,monospace}b{background:#ffd9d4;font-weight:400}i{background:#d8ecd8;font-style:normal}th.k{width:5rem;color:#777;font-weight:400}`;

/**
 * Writes one page of HTML that needs nothing else: figures, confusions, errors by class and condition, and every wrong staff with its
 * picture, the dearest first.
 */
export async function writeReport(dir: string, measured: Measurement, summary: string): Promise<string> {
  mkdirSync(dir, { recursive: true });
  const sections: { cost: number; html: string }[] = [];
  const judged: Judged[] = [];
  for (const one of measured.cases) {
    const photo = await photoOf(one.page);
    for (const staff of one.text?.staves ?? []) {
      const { merged } = staff.errors;
      const read = one.page.reading?.staves[staff.reading ?? -1];
      if (photo && read && staff.truth !== undefined)
        judged.push({ errors: merged, conditions: conditionsOf(photo, read, merged.total) });
      if (merged.errors === 0) continue;
      const picture = photo && read ? await staffPicture(photo, read) : '';
      const html = staffSection(one, staff, measured.convention, picture);
      sections.push({ cost: merged.errors, html });
    }
  }
  sections.sort((a, b) => b.cost - a.cost);
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Evaluation</title><style>${STYLE}</style>
<h1>Evaluation</h1><pre>${escapeHtml(summary)}</pre>${classTable(measured)}${conditionTables(judged)}${confusionTables(measured)}
<h2>Staves with errors, the dearest first</h2>
<p>Dots lie where the reader looked, the fuller the less sure it was; what it said stands in their titles.</p>
${sections.map((section) => section.html).join('\n')}</html>`;
  const path = join(dir, 'index.html');
  writeFileSync(path, html);
  return path;
}

function staffSection(
  { page }: MeasuredCase,
  staff: StaffComparison,
  convention: Convention,
  picture: string,
): string {
  const truth = countedSymbols(page.truth.semantic?.[staff.truth ?? -1] ?? '', convention);
  const reading = countedSymbols(page.reading?.semantic?.[staff.reading ?? -1] ?? '', convention);
  const pairs = alignSymbols(truth, reading);
  const draft = page.reading?.staves[staff.reading ?? -1]?.draft;
  const rows = [
    row('truth', staff.truth === undefined ? 'no such staff' : marked(pairs, 'left', 'i')),
    row('reading', staff.reading === undefined ? 'missed' : marked(pairs, 'right', 'b')),
  ];
  if (draft && draft.length > 0) {
    const symbols = countedSymbols(writeSemantic([draft])[0] ?? '', convention);
    rows.push(row('draft', marked(alignSymbols(truth, symbols), 'right', 'b')));
  }
  const { merged } = staff.errors;
  const number = (staff.truth ?? staff.reading ?? 0) + 1;
  const title = `${escapeHtml(page.name)}, staff ${number}: ${merged.errors} of ${merged.total}`;
  return `<section><h3>${title}</h3>${picture}<table>${rows.join('')}</table></section>`;
}

function row(name: string, content: string): string {
  return `<tr><th class="k">${name}</th><td><code>${content}</code></td></tr>`;
}

type Side = 'left' | 'right';

function marked(pairs: readonly Pair<SemanticSymbol, SemanticSymbol>[], side: Side, tag: string): string {
  return pairs
    .flatMap(({ left, right }) => {
      const own = side === 'left' ? left : right;
      if (!own) return [];
      const word = escapeHtml(symbolText(own));
      const same = left && right && symbolText(left) === symbolText(right);
      return [same ? word : `<${tag}>${word}</${tag}>`];
    })
    .join(' ');
}

function symbolText(symbol: SemanticSymbol): string {
  return symbol.pitch ? `${symbol.pitch} ${rhythmName(symbol)}` : rhythmName(symbol);
}

/** Errors by class of symbol, kinds first. */
function classTable({ classes }: Measurement): string {
  if (!classes) return '';
  const rows = sortedClasses(classes).map(([name, { truth, wrong, missed, invented }]) => {
    const rate = truth === 0 ? '' : percent(wrong + missed + invented, truth);
    const counts = [rate, truth, wrong, missed, invented].map((cell) => `<td class="n">${cell}</td>`);
    return `<tr><td>${name}</td>${counts.join('')}</tr>`;
  });
  const head = ['class of symbol', 'errors', 'true', 'wrong', 'missed', 'invented'];
  return `<h2>Errors by class of symbol</h2>${table(head, rows)}`;
}

type Judged = { errors: Rate; conditions: Partial<Record<Condition, number>> };

const CONDITION_NAMES: readonly Condition[] = ['space', 'tilt', 'bend', 'blur', 'tokens'];

/** Parts of equal size into which staves are sorted by a condition. */
const PARTS = 5;

/** The error of the found staves against each condition. */
function conditionTables(staves: readonly Judged[]): string {
  return CONDITION_NAMES.map((condition) => {
    const known = staves
      .flatMap(({ errors, conditions: { [condition]: value } }) =>
        value === undefined ? [] : [{ errors, value }],
      )
      .sort((a, b) => a.value - b.value);
    if (known.length < PARTS) return '';
    const rows = Array.from({ length: PARTS }, (_, part) => {
      const own = known.slice(
        Math.round((part * known.length) / PARTS),
        Math.round(((part + 1) * known.length) / PARTS),
      );
      const errors = own.map((staff) => staff.errors).reduce(addRates);
      const [least = 0, most = 0] = [own[0]?.value, own.at(-1)?.value];
      const cells = [`${short(least)} to ${short(most)}`, own.length, percent(errors.errors, errors.total)];
      return `<tr>${cells.map((cell) => `<td class="n">${cell}</td>`).join('')}</tr>`;
    });
    return `<h2>Errors by ${CONDITIONS[condition]}</h2>${table([CONDITIONS[condition], 'staves', 'SER'], rows)}`;
  }).join('');
}

const short = (value: number): string => (Number.isInteger(value) ? String(value) : value.toFixed(2));

function table(head: readonly string[], rows: readonly string[]): string {
  return `<table><tr>${head.map((name) => `<th>${name}</th>`).join('')}</tr>${rows.join('')}</table>`;
}

function confusionTables(measured: Measurement): string {
  const confusions = countConfusions(measured.branches?.confusions ?? textConfusions(measured));
  return TOKEN_BRANCHES.map((branch) => {
    const rows = confusions
      .filter((confusion) => confusion.branch === branch)
      .slice(0, 40)
      .map(
        ({ truth, reading, count }) =>
          `<tr><td class="n">${count}</td><td>${escapeHtml(truth || 'nothing')}</td><td>${escapeHtml(reading || 'nothing')}</td></tr>`,
      );
    if (rows.length === 0) return '';
    return `<h2>Confusions: ${branch}</h2>${table(['times', 'truth', 'reading'], rows)}`;
  }).join('');
}

/** What the text tells about confusions: rhythm, and pitch as distance on the staff or as a wrong alteration. */
function textConfusions(measured: Measurement): Confusion[] {
  return measured.cases.flatMap(({ page, text }) =>
    (text?.staves ?? []).flatMap((staff) =>
      alignSymbols(
        countedSymbols(page.truth.semantic?.[staff.truth ?? -1] ?? '', measured.convention),
        countedSymbols(page.reading?.semantic?.[staff.reading ?? -1] ?? '', measured.convention),
      ).flatMap(({ left, right }): Confusion[] => {
        const [truth, reading] = [left ? rhythmName(left) : '', right ? rhythmName(right) : ''];
        const rhythm: Confusion[] = truth === reading ? [] : [{ branch: 'rhythm', truth, reading, count: 1 }];
        if (!left?.pitch || !right?.pitch || left.pitch === right.pitch) return rhythm;
        return [...rhythm, { branch: 'pitch', truth: left.pitch, reading: right.pitch, count: 1 }];
      }),
    ),
  );
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** Classes of symbols, kinds first, then what makes them hard; the commonest first. */
export function sortedClasses(classes: ClassCounts): [string, ClassCount][] {
  return [...classes].sort(
    ([a, { truth: one }], [b, { truth: other }]) =>
      Number(a.startsWith('…')) - Number(b.startsWith('…')) || other - one,
  );
}

/** Rate in percent with one decimal. */
export function percent(errors: number, total: number): string {
  return `${(100 * rateOf({ errors, total })).toFixed(1)} %`;
}
