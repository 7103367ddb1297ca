import DOMPurify from 'dompurify';

const purifier = DOMPurify();

// References lead nowhere but into the same drawing.
purifier.addHook('uponSanitizeAttribute', (_, attribute) => {
  const isReference = attribute.attrName === 'href' || attribute.attrName === 'xlink:href';
  if (isReference && !/^#[\w-]+$/.test(attribute.attrValue)) attribute.keepAttr = false;
});

/** Nothing that could act: no scripts, styles, links or outside references. */
const KEPT = {
  USE_PROFILES: { svg: true },
  ADD_TAGS: ['use'],
  ADD_ATTR: ['href'],
  FORBID_TAGS: ['style', 'a', 'image', 'foreignObject', 'desc', 'title'],
};

/** An engraved SVG without anything that could act. */
export function cleanSvg(svg: string): string {
  return purifier.sanitize(svg, KEPT);
}

/** The same as a node: written out and read in once more, a long line would hold up the page. */
export function cleanDrawing(svg: string): ChildNode | null {
  return purifier.sanitize(svg, { ...KEPT, RETURN_DOM: true }).firstChild;
}
