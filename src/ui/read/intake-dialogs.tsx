import { lazy, Suspense } from 'react';
import { useStore } from 'zustand';
import { intakeOf } from './intake.ts';
import type { Session } from './session.ts';

const CameraDialog = lazy(() => import('./camera.tsx'));
const PdfPicker = lazy(() => import('./pdf-picker.tsx'));
const Corners = lazy(() => import('./corners.tsx'));

/** What photos are taken with, over whatever the room shows; each is fetched when it is first opened. */
export function IntakeDialogs({ session }: { session: Session }) {
  const intake = intakeOf(session);
  const open = useStore(intake.store);
  return (
    <Suspense>
      {open.kind === 'camera' && <CameraDialog intake={intake} target={open.target} />}
      {open.kind === 'pdf' && <PdfPicker intake={intake} file={open.file} target={open.target} />}
      {open.kind === 'corners' && (
        <Corners intake={intake} photo={open.photo} start={open.start} target={open.target} />
      )}
    </Suspense>
  );
}
