/** An XML element: attributes in order, and either text or children. */
export interface Xml {
  name: string;
  attributes: Readonly<Record<string, string | number>>;
  content: string | readonly Xml[];
}

type Child = Xml | readonly Xml[] | undefined;

/** An element with children; lists are flattened and what is undefined is left out. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  ...children: readonly Child[]
): Xml {
  return { name, attributes, content: children.flatMap((child) => child ?? []) };
}

/** An element with text alone. */
export function textElement(
  name: string,
  text: string | number,
  attributes: Readonly<Record<string, string | number>> = {},
): Xml {
  return { name, attributes, content: String(text) };
}

// Control characters other than tab and line ends cannot be written in XML 1.0 at all.
const FORBIDDEN = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

export function escapeXml(text: string): string {
  return text
    .replace(FORBIDDEN, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** The element as text, one child a line. */
export function serializeXml({ name, attributes, content }: Xml, indent = ''): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(String(value))}"`);
  const open = `${indent}<${name}${written.join('')}`;
  if (typeof content === 'string') return `${open}>${escapeXml(content)}</${name}>\n`;
  if (content.length === 0) return `${open}/>\n`;
  const children = content.map((child) => serializeXml(child, `${indent} `));
  return `${open}>\n${children.join('')}${indent}</${name}>\n`;
}
