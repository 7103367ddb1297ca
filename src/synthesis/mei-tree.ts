import { XMLParser } from 'fast-xml-parser';

/** An XML element; text is kept only where an element holds nothing else. */
export type Element = { name: string; attributes: Record<string, string>; children: Element[]; text: string };

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseAttributeValue: false,
  parseTagValue: false,
  trimValues: true,
});

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function toElement(node: unknown): Element | undefined {
  if (!isRecord(node)) return undefined;
  const name = Object.keys(node).find((key) => key !== ':@');
  if (name === undefined || name.startsWith('?')) return undefined;
  const attributes: Record<string, string> = {};
  const given = node[':@'];
  if (isRecord(given)) for (const [key, value] of Object.entries(given)) attributes[key] = String(value);
  const content = node[name];
  if (name === '#text') return { name, attributes, children: [], text: String(content) };
  const children = Array.isArray(content) ? content.flatMap((child) => toElement(child) ?? []) : [];
  const text = children.map((child) => child.text).join(' ');
  return { name, attributes, children: children.filter((child) => child.name !== '#text'), text };
}

/** Parses an XML document. @throws Error where it is not well-formed. */
export function parseXml(xml: string): Element {
  const nodes: unknown = parser.parse(xml);
  const root = Array.isArray(nodes) ? nodes.flatMap((node) => toElement(node) ?? [])[0] : undefined;
  if (!root) throw new Error('an XML document without an element');
  return root;
}

/** The first element of that name, depth first, the element itself included. */
export function find(element: Element, name: string): Element | undefined {
  if (element.name === name) return element;
  for (const child of element.children) {
    const found = find(child, name);
    if (found) return found;
  }
  return undefined;
}

export const childrenOf = (element: Element, name: string) =>
  element.children.filter((child) => child.name === name);

/** The element's id, or an empty string. */
export const idOf = (element: Element) => element.attributes['xml:id'] ?? '';
