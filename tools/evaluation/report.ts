import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { type Confusion, countConfusions, TOKEN_BRANCHES } from '../../src/notation/branch-errors.ts';
import type { Pair } from '../../src/notation/edit-distance.ts';
import {
  alignSymbols,
  type Convention,
  countedSymbols,
  rateOf,
  rhythmName,
  type StaffComparison,
} from '../../src/notation/error-rates.ts';
import type { SemanticSymbol } from '../../src/notation/semantic.ts';
import { writeSemantic } from '../../src/notation/semantic.ts';
import type { MeasuredCase, Measurement } from './measure.ts';

const STYLE = `body{font:14px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:80rem;padding:0 1rem;color:#222;background:#fff}
h1{font-size:1.4rem}h2{font-size:1.1rem}table{border-collapse:collapse;margin:1rem 0}td,th{padding:.15rem .8rem .15rem 0;text-align:left;vertical-align:top}
td.n{text-align:right;font-variant-numeric:tabular-nums}section{border-top:1px solid #ddd;padding:1rem 0}img{max-width:100%;display:block}
code{font:12px/1.7 ui-monospace,monospace}b{background:#ffd9d4;font-weight:400}i{background:#d8ecd8;font-style:normal}th.k{width:5rem;color:#777;font-weight:400}`;

/** Writes one page of HTML that needs nothing else: figures, confusions, and every staff with its errors, the dearest first. */
export async function writeReport(dir: string, measured: Measurement, summary: string): Promise<string> {
  mkdirSync(dir, { recursive: true });
  const staves = measured.cases
    .flatMap((one) => (one.text?.staves ?? []).map((staff) => ({ one, staff })))
    .sort((a, b) => b.staff.errors.merged.errors - a.staff.errors.merged.errors);
  const sections: string[] = [];
  for (const { one, staff } of staves) sections.push(await staffSection(one, staff, measured.convention));
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Evaluation</title><style>${STYLE}</style>
<h1>Evaluation</h1><pre>${escapeHtml(summary)}</pre>${confusionTables(measured)}<h2>Staves, the dearest first</h2>${sections.join('\n')}</html>`;
  const path = join(dir, 'index.html');
  writeFileSync(path, html);
  return path;
}

async function staffSection(
  one: MeasuredCase,
  staff: StaffComparison,
  convention: Convention,
): Promise<string> {
  const { page } = one;
  const truth = countedSymbols(page.truth.semantic?.[staff.truth ?? -1] ?? '', convention);
  const reading = countedSymbols(page.reading?.semantic?.[staff.reading ?? -1] ?? '', convention);
  const pairs = alignSymbols(truth, reading);
  const draft = page.reading?.drafts[staff.reading ?? -1];
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
  return `<section><h3>${title}</h3>${await staffImage(one, staff)}<table>${rows.join('')}</table></section>`;
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

/** The staff cut out of its photo as an inline picture; nothing where photo or place are not known. */
async function staffImage({ page }: MeasuredCase, staff: StaffComparison): Promise<string> {
  const box = page.reading?.boxes[staff.reading ?? -1];
  if (!page.image || !box) return '';
  const [x, y, width, height] = box.map(Math.round);
  if (x === undefined || y === undefined || !width || !height) return '';
  try {
    const upright = await sharp(page.image).rotate().toBuffer({ resolveWithObject: true });
    const photo = page.reading?.photo;
    if (photo && photo.width !== upright.info.width) return '';
    const margin = Math.round(height / 2);
    const left = Math.max(0, x);
    const top = Math.max(0, y - margin);
    const region = {
      left,
      top,
      width: Math.min(width, upright.info.width - left),
      height: Math.min(height + 2 * margin, upright.info.height - top),
    };
    const jpeg = await sharp(upright.data)
      .extract(region)
      .resize({ width: 1200, withoutEnlargement: true })
      .jpeg({ quality: 70 })
      .toBuffer();
    return `<img alt="" src="data:image/jpeg;base64,${jpeg.toString('base64')}">`;
  } catch {
    // A picture that cannot be cut does not keep the figures back.
    return '';
  }
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
    return `<h2>Confusions: ${branch}</h2><table><tr><th>times</th><th>truth</th><th>reading</th></tr>${rows.join('')}</table>`;
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

/** Rate in percent with one decimal. */
export function percent(errors: number, total: number): string {
  return `${(100 * rateOf({ errors, total })).toFixed(1)} %`;
}
