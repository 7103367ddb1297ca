import { type ReactNode, useRef } from 'react';
import { Button } from '../kit/button.tsx';

/** A button that opens the camera (on phones) or the file picker. */
export function PhotoInput({
  camera = false,
  look = 'quiet',
  className,
  onPhoto,
  children,
}: {
  camera?: boolean;
  look?: 'primary' | 'quiet' | 'plain';
  className?: string | undefined;
  onPhoto: (file: File) => void;
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
        accept="image/*"
        capture={camera ? 'environment' : undefined}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          // The same file may be chosen again.
          event.currentTarget.value = '';
          if (file) onPhoto(file);
        }}
      />
    </span>
  );
}
