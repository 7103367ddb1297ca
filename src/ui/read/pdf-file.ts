/** PDF files: opened by PDF.js, which is fetched for the first of them, and drawn page by page. */
import { MAX_KEPT_PIXELS } from '../../workers/decode-photo.ts';
import { siteUrl } from '../app/rooms.ts';

export type PdfProblem = 'damaged' | 'password' | 'empty' | 'failed';

export type PdfFile = {
  pages: number;
  /** A page (from 1) at about 300 dots an inch, as JPEG. @throws Error */
  photo(page: number): Promise<Blob>;
  /** A small picture of a page, so many px wide. @throws Error */
  thumbnail(page: number, width: number): Promise<Blob>;
  close(): void;
};

export type OpenedPdf = { ok: true; pdf: PdfFile } | { ok: false; problem: PdfProblem };

const DOTS_PER_INCH = 300;
const POINTS_PER_INCH = 72;

/** By how much a page of so many points is enlarged: to 300 dots an inch, within what is kept of a photo. */
export function printScale(width: number, height: number): number {
  const wanted = DOTS_PER_INCH / POINTS_PER_INCH;
  // The sides are rounded up to whole pixels.
  const most = Math.sqrt(MAX_KEPT_PIXELS / (width * height)) * 0.999;
  return Math.min(wanted, most);
}

export async function openPdf(file: Blob): Promise<OpenedPdf> {
  const { getDocument, GlobalWorkerOptions } = await import('pdfjs-dist');
  GlobalWorkerOptions.workerSrc = siteUrl('pdf/build/pdf.worker.min.mjs');
  const task = getDocument({
    data: new Uint8Array(await file.arrayBuffer()),
    cMapUrl: siteUrl('pdf/cmaps/'),
    standardFontDataUrl: siteUrl('pdf/standard_fonts/'),
    wasmUrl: siteUrl('pdf/wasm/'),
    iccUrl: siteUrl('pdf/iccs/'),
    isEvalSupported: false,
    stopAtErrors: true,
  });
  const close = () => void task.destroy().catch(() => undefined);
  try {
    const document = await task.promise;
    const draw = async (
      number: number,
      scaleOf: (width: number, height: number) => number,
      quality: number,
    ) => {
      const page = await document.getPage(number);
      const { width, height } = page.getViewport({ scale: 1 });
      const viewport = page.getViewport({ scale: scaleOf(width, height) });
      const canvas = globalThis.document.createElement('canvas');
      canvas.width = Math.max(1, Math.floor(viewport.width));
      canvas.height = Math.max(1, Math.floor(viewport.height));
      try {
        await page.render({ canvas, viewport, background: '#fff', intent: 'print' }).promise;
        return await jpegOf(canvas, quality);
      } finally {
        page.cleanup();
        // Safari keeps the memory of canvases for long unless they are empty.
        canvas.width = 0;
      }
    };
    if (document.numPages === 0) {
      close();
      return { ok: false, problem: 'empty' };
    }
    return {
      ok: true,
      pdf: {
        pages: document.numPages,
        photo: (page) => draw(page, printScale, 0.92),
        thumbnail: (page, wide) => draw(page, (width) => wide / width, 0.8),
        close,
      },
    };
  } catch (error) {
    close();
    return { ok: false, problem: problemOf(error) };
  }
}

export function problemOf(error: unknown): PdfProblem {
  return error instanceof Error && error.name === 'PasswordException' ? 'password' : 'damaged';
}

async function jpegOf(canvas: HTMLCanvasElement, quality: number): Promise<Blob> {
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality));
  if (!blob) throw new Error('the page could not be kept');
  return blob;
}
