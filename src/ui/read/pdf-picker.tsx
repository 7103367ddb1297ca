import { Dialog } from '@base-ui/react/dialog';
import { useEffect, useRef, useState } from 'react';
import { Button } from '../kit/button.tsx';
import { words } from '../words.ts';
import type { IntakeOf, Target } from './intake.ts';
import { openPdf, type PdfFile, type PdfProblem } from './pdf-file.ts';
import styles from './pdf-picker.module.css';
import type { Photo } from './session.ts';

const say = words.pdf;
const THUMBNAIL = 240;

/** Which pages of a PDF are read; a PDF of one page is read at once. */
export default function PdfPicker({
  intake,
  file,
  target,
}: {
  intake: IntakeOf;
  file: File;
  target: Target;
}) {
  const [pdf, setPdf] = useState<PdfFile | null>(null);
  const [problem, setProblem] = useState<PdfProblem | null>(null);
  const [chosen, setChosen] = useState<readonly number[]>([]);
  const [drawing, setDrawing] = useState<{ done: number; total: number } | null>(null);
  const left = useRef(false);
  const name = file.name.replace(/\.pdf$/i, '');

  const read = async (from: PdfFile, numbers: readonly number[]) => {
    const photos: Photo[] = [];
    try {
      for (const page of numbers) {
        if (left.current) return;
        setDrawing({ done: photos.length + 1, total: numbers.length });
        const photo = await from.photo(page);
        photos.push({ photo, name: from.pages === 1 ? `${name}.jpg` : `${say.name(name, page)}.jpg` });
      }
    } catch {
      setDrawing(null);
      return setProblem('failed');
    }
    if (left.current) return;
    intake.close();
    intake.take(photos, target);
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: a file is opened once
  useEffect(() => {
    left.current = false;
    let opened: PdfFile | null = null;
    void openPdf(file).then((result) => {
      if (!result.ok) return left.current || setProblem(result.problem);
      opened = result.pdf;
      if (left.current) return opened.close();
      if (opened.pages === 1) return void read(opened, [1]);
      setChosen(Array.from({ length: opened.pages }, (_, i) => i + 1));
      setPdf(opened);
    });
    return () => {
      left.current = true;
      opened?.close();
    };
  }, [file]);

  const toggle = (page: number) =>
    setChosen(
      chosen.includes(page) ? chosen.filter((one) => one !== page) : [...chosen, page].sort((a, b) => a - b),
    );
  return (
    <Dialog.Root open onOpenChange={(open) => !open && intake.close()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={styles.backdrop} />
        <Dialog.Popup className={styles.picker}>
          <Dialog.Title className={styles.title}>
            {problem ? say.problems[problem].title : pdf ? say.title : file.name}
          </Dialog.Title>
          {problem ? (
            <p role="alert">{say.problems[problem].advice}</p>
          ) : drawing ? (
            <p role="status">{say.rendering(drawing.done, drawing.total)}</p>
          ) : !pdf ? (
            <p role="status">{say.opening}</p>
          ) : null}
          {pdf && !problem && !drawing && (
            <ul className={styles.pages}>
              {Array.from({ length: pdf.pages }, (_, i) => i + 1).map((page) => (
                <li key={page}>
                  <label>
                    <input type="checkbox" checked={chosen.includes(page)} onChange={() => toggle(page)} />
                    <Thumbnail pdf={pdf} page={page} />
                    {say.page(page)}
                  </label>
                </li>
              ))}
            </ul>
          )}
          <footer className={styles.foot}>
            {pdf && !problem && !drawing && (
              <>
                <Button
                  look="plain"
                  onClick={() =>
                    setChosen(
                      chosen.length === pdf.pages ? [] : Array.from({ length: pdf.pages }, (_, i) => i + 1),
                    )
                  }
                >
                  {chosen.length === pdf.pages ? say.none : say.all}
                </Button>
                <span className={styles.rest} />
              </>
            )}
            <Dialog.Close render={<Button>{problem ? say.close : say.cancel}</Button>} />
            {pdf && !problem && !drawing && (
              <Button look="primary" disabled={chosen.length === 0} onClick={() => void read(pdf, chosen)}>
                {say.read(chosen.length)}
              </Button>
            )}
          </footer>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** Drawn once it comes into sight: a hymn book has hundreds of pages. */
function Thumbnail({ pdf, page }: { pdf: PdfFile; page: number }) {
  const place = useRef<HTMLSpanElement>(null);
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    let made: string | null = null;
    let left = false;
    const watch = new IntersectionObserver(([entry]) => {
      if (!entry?.isIntersecting) return;
      watch.disconnect();
      pdf
        .thumbnail(page, THUMBNAIL)
        .then((blob) => {
          if (left) return;
          made = URL.createObjectURL(blob);
          setUrl(made);
        })
        .catch(() => {
          // A page without a picture can be chosen by its number.
        });
    });
    if (place.current) watch.observe(place.current);
    return () => {
      left = true;
      watch.disconnect();
      if (made) URL.revokeObjectURL(made);
    };
  }, [pdf, page]);
  return (
    <span ref={place} className={styles.thumbnail}>
      {url && <img src={url} alt="" />}
    </span>
  );
}
