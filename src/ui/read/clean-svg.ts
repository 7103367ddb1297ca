import DOMPurify from 'dompurify';

const purifier = DOMPurify();

// References lead nowhere but into the same drawing.
purifier.addHook('uponSanitizeAttribute', (_, attribute) => {
  const isReference = attribute.attrName === 'href' || attribute.attrName === 'xlink:href';
  if (isReference && !/^#[\w-]+$/.test(attribute.attrValue)) attribute.keepAttr = false;
});

/** An engraved SVG without anything that could act: no scripts, styles, links or outside references. */
export function cleanSvg(svg: string): string {
  return purifier.sanitize(svg, {
    USE_PROFILES: { svg: true },
    ADD_TAGS: ['use'],
    ADD_ATTR: ['href'],
    FORBID_TAGS: ['style', 'a', 'image', 'foreignObject', 'desc', 'title'],
  });
}
