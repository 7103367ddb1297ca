/** Hands a file to the visitor. */
export function saveBlob(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser reads the address after the click.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** `Recall of the final top 5` -> `recall-of-the-final-top-5`. */
export function fileName(title: string): string {
  return (
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 60) || 'chart'
  );
}

const INLINED = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-opacity',
  'stroke-linecap',
  'stroke-linejoin',
  'opacity',
  'font-family',
  'font-size',
  'font-weight',
  'text-anchor',
  'dominant-baseline',
  'display',
] as const;

/** Pixels of the picture for each pixel on the page. */
const DENSITY = 2;

/**
 * A chart as PNG, with its title above it, on the paper's colour. Takes the SVG as it is styled on the page, or a canvas, and
 * the captions that stand under it.
 * @throws Error where the browser cannot draw it
 */
export async function chartPng(
  drawing: SVGSVGElement | HTMLCanvasElement,
  title: string,
  captions: readonly Element[] = [],
): Promise<Blob> {
  const { left, top, bottom, width, height } = drawing.getBoundingClientRect();
  const foot = Math.max(bottom, ...captions.map((caption) => caption.getBoundingClientRect().bottom));
  const style = getComputedStyle(drawing.closest('figure') ?? document.body);
  const canvas = document.createElement('canvas');
  const [margin, head] = [16, 40];
  canvas.width = Math.ceil((width + 2 * margin) * DENSITY);
  canvas.height = Math.ceil((foot - top + head + margin) * DENSITY);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('this browser cannot draw the picture');
  context.scale(DENSITY, DENSITY);
  context.fillStyle = paperColour();
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = style.color;
  context.font = `500 17px ${getComputedStyle(document.documentElement).getPropertyValue('--serif')}`;
  context.textBaseline = 'middle';
  context.fillText(title, margin, head / 2 + 2, width);
  const image = drawing instanceof SVGSVGElement ? await rasterise(drawing, width, height) : drawing;
  context.drawImage(image, margin, head, width, height);
  context.translate(margin - left, head - top);
  for (const caption of captions) await paintCaption(context, caption);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('the picture could not be written'))));
  });
}

/** The words and signs of an element, where they stand in the window. */
async function paintCaption(context: CanvasRenderingContext2D, caption: Element): Promise<void> {
  for (const sign of caption.querySelectorAll('svg')) {
    const { left, top, width, height } = sign.getBoundingClientRect();
    context.drawImage(await rasterise(sign, width, height), left, top, width, height);
  }
  const texts = document.createTreeWalker(caption, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const style = getComputedStyle(text.parentElement ?? caption);
    context.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    context.fillStyle = style.color;
    // Word by word: lines break between them.
    for (const word of (text.nodeValue ?? '').matchAll(/\S+/g)) {
      range.setStart(text, word.index);
      range.setEnd(text, word.index + word[0].length);
      const { left, top, height } = range.getBoundingClientRect();
      context.fillText(word[0], left, top + height / 2);
    }
  }
}

/** The paper as it is on the page, in either theme. */
function paperColour(): string {
  return getComputedStyle(document.documentElement).backgroundColor;
}

async function rasterise(svg: SVGSVGElement, width: number, height: number): Promise<HTMLImageElement> {
  const copy = svg.cloneNode(true);
  if (!(copy instanceof SVGSVGElement)) throw new Error('the chart is no drawing');
  const originals = [svg, ...svg.querySelectorAll('*')];
  [copy, ...copy.querySelectorAll('*')].forEach((element, i) => {
    const original = originals[i];
    if (!original) return;
    const computed = getComputedStyle(original);
    const style = INLINED.map((name) => `${name}:${computed.getPropertyValue(name)}`).join(';');
    element.setAttribute('style', style);
  });
  copy.setAttribute('width', String(width * DENSITY));
  copy.setAttribute('height', String(height * DENSITY));
  copy.setAttribute('viewBox', `0 0 ${width} ${height}`);
  const text = new XMLSerializer().serializeToString(copy);
  const url = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    return image;
  } finally {
    URL.revokeObjectURL(url);
  }
}
