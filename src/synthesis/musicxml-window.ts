const MEASURE = /<measure\b[^>]*>[\s\S]*?<\/measure>/g;

/** The last element of that name in the text, or nothing; `number` picks one staff's. */
function last(text: string, name: string, number?: string): string {
  const which = number === undefined ? '' : `[^>]*\\bnumber="${number}"`;
  return text.match(new RegExp(`<${name}\\b${which}[^>]*>[\\s\\S]*?</${name}>`, 'g'))?.at(-1) ?? '';
}

/** What is in force after the given measures of a part: divisions, key, metre, staves and their clefs. */
function attributesAfter(measures: readonly string[]): string {
  const text = measures
    .flatMap((measure) => measure.match(/<attributes>[\s\S]*?<\/attributes>/g) ?? [])
    .join('');
  const clefs = ['1', '2', '3'].map((n) => last(text, 'clef', n)).join('') || last(text, 'clef');
  return `<attributes>${last(text, 'divisions')}${last(text, 'key')}${last(text, 'time')}${last(text, 'staves')}${clefs}</attributes>`;
}

/** Measures of the first part of a partwise score. */
export function countMeasures(xml: string): number {
  return xml.slice(0, xml.indexOf('</part>')).match(MEASURE)?.length ?? 0;
}

/**
 * The score cut down to `count` measures from measure `from` (0 = the first), every part with the clefs, key and metre
 * that are in force there. Reading a long score takes far longer than engraving the page that is wanted of it.
 */
export function measureWindow(xml: string, from: number, count: number): string {
  return xml.replace(
    /(<part\s[^>]*>)([\s\S]*?)(<\/part>)/g,
    (_, open: string, body: string, close: string) => {
      const measures = body.match(MEASURE) ?? [];
      const kept = measures.slice(from, from + count);
      const state = attributesAfter(measures.slice(0, from));
      const first = kept[0]?.replace(/^(<measure\b[^>]*>)/, (tag) => tag + (from > 0 ? state : '')) ?? '';
      return `${open}${first}${kept.slice(1).join('')}${close}`;
    },
  );
}

/** Ids of the parts of a partwise score, from the top. */
export function partIds(xml: string): string[] {
  return [...xml.matchAll(/<part\s[^>]*\bid="([^"]*)"/g)].map(([, id = '']) => id);
}

/** The score without all other parts, and without groups of them. */
export function onlyParts(xml: string, ids: readonly string[]): string {
  const kept = (element: string) => (ids.includes(/\bid="([^"]*)"/.exec(element)?.[1] ?? '') ? element : '');
  return xml
    .replace(/<part-group\b[^>]*?(?:\/>|>[\s\S]*?<\/part-group>)\s*/g, '')
    .replace(/<score-part\s[^>]*?(?:\/>|>[\s\S]*?<\/score-part>)\s*/g, kept)
    .replace(/<part\s[^>]*>[\s\S]*?<\/part>\s*/g, kept);
}
