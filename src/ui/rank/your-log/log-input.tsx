import { type ReactNode, useRef } from 'react';
import { useStore } from 'zustand';
import { Button } from '../../kit/button.tsx';
import type { LogSession } from './log-session.ts';

/** A button that opens the file picker. */
export function LogInput({
  session,
  look,
  children,
}: {
  session: LogSession;
  look: 'primary' | 'quiet';
  children: ReactNode;
}) {
  const input = useRef<HTMLInputElement>(null);
  const busy = useStore(session.store, (state) => state.work !== null);
  return (
    <>
      <input
        ref={input}
        type="file"
        hidden
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0];
          // The same file may be chosen again.
          currentTarget.value = '';
          if (file) void session.open(file, file.name);
        }}
      />
      <Button look={look} disabled={busy} onClick={() => input.current?.click()}>
        {children}
      </Button>
    </>
  );
}
