/** One set of line icons, drawn on a grid of 20 with strokes of 1.5. */
const PATHS = {
  camera: 'M3 6.5h3l1.5-2h5l1.5 2h3v9.5h-14zM10 13.5a2.75 2.75 0 1 0 0-5.5 2.75 2.75 0 0 0 0 5.5',
  picture: 'M3 4h14v12h-14zM3 13.5l4-4 4 4 2.5-2.5 3.5 3.5M13 7.5h.01',
  settings:
    'M3 6h7.5M14.5 6h2.5M3 14h2.5M9.5 14h7.5M12.5 4a2 2 0 1 0 0 4 2 2 0 0 0 0-4M7.5 12a2 2 0 1 0 0 4 2 2 0 0 0 0-4',
  lamp: 'M6.5 3h7l-1 5h-5zM7.5 8l-.5 1.5v7h6v-7l-.5-1.5M10 11.5v1.5',
  check: 'M4.5 10.5l3.5 3.5 7.5-8',
  close: 'M5 5l10 10M15 5l-10 10',
  plus: 'M10 4v12M4 10h12',
  minus: 'M4 10h12',
  fit: 'M4 8v-4h4M12 4h4v4M16 12v4h-4M8 16h-4v-4',
  fade: 'M3.5 10a6.5 6.5 0 0 1 13 0 6.5 6.5 0 0 1-13 0M10 3.5v13M12.5 5v10M14.7 6.5v7',
  down: 'M5 8l5 5 5-5',
  previous: 'M12 5l-5 5 5 5',
  next: 'M8 5l5 5-5 5',
  up: 'M5 12l5-5 5 5',
  octaveUp: 'M5 10.5l5-5 5 5M5 15.5l5-5 5 5',
  octaveDown: 'M5 4.5l5 5 5-5M5 9.5l5 5 5-5',
  back: 'M16 10h-12M9 5l-5 5 5 5',
  undo: 'M4 8.5h8a4 4 0 0 1 0 8h-3M7.5 5l-3.5 3.5 3.5 3.5',
  redo: 'M16 8.5h-8a4 4 0 0 0 0 8h3M12.5 5l3.5 3.5-3.5 3.5',
  trash: 'M4 6h12M8 6v-2h4v2M5.5 6l.8 10.5h7.4l.8-10.5M8.5 9v4.5M11.5 9v4.5',
  more: 'M5 10h.01M10 10h.01M15 10h.01',
  help: 'M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14M8 8.2a2 2 0 1 1 2.8 1.8c-.6.3-.8.7-.8 1.4M10 13.8h.01',
  voices:
    'M6 11v-7M14 9v7M6 11a1.8 1.4 0 1 1-3.6 0 1.8 1.4 0 0 1 3.6 0M17.6 9a1.8 1.4 0 1 1-3.6 0 1.8 1.4 0 0 1 3.6 0',
  play: 'M6.5 4l9 6-9 6z',
  pause: 'M7 4.5v11M13 4.5v11',
  rewind: 'M5 4.5v11M15.5 4.5l-8 5.5 8 5.5z',
  loop: 'M4 9.5a4 4 0 0 1 4-4h7M12.5 3l2.5 2.5-2.5 2.5M16 10.5a4 4 0 0 1-4 4h-7M7.5 17l-2.5-2.5 2.5-2.5',
  metronome: 'M7.5 3.5h5l3 13h-11zM9.5 13l5-8',
  staves: 'M3.5 7v6h3l4 3.5v-13l-4 3.5zM13 7.5a3.5 3.5 0 0 1 0 5M15.5 5.5a6.5 6.5 0 0 1 0 9',
  sliders: 'M3 6.5h7M14 6.5h3M12 4.5v4M3 13.5h3M10 13.5h7M8 11.5v4',
  transpose: 'M7 16v-12M4 7l3-3 3 3M13 4v12M10 13l3 3 3-3',
  save: 'M10 3.5v9M6 9l4 4 4-4M4 16.5h12',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
