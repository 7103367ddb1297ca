import { type ReactNode, useRef } from 'react';
import { Button } from '../kit/button.tsx';

/** A button that opens the camera app (on phones) or the file picker, for pictures and PDFs. */
export function PhotoInput({
  camera = false,
  look = 'quiet',
  className,
  onPhotos,
  children,
}: {
  camera?: boolean;
  look?: 'primary' | 'quiet' | 'plain';
  className?: string | undefined;
  onPhotos: (files: File[]) => void;
  children: ReactNode;
}) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <span className={className}>
      <Button look={look} onClick={() => input.current?.click()}>
        {children}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        multiple={!camera}
        accept={camera ? 'image/*' : 'image/*,application/pdf'}
        capture={camera ? 'environment' : undefined}
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])];
          // The same file may be chosen again.
          event.currentTarget.value = '';
          if (files.length > 0) onPhotos(files);
        }}
      />
    </span>
  );
}
