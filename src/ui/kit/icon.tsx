/** One set of line icons, drawn on a grid of 20 with strokes of 1.5. */
const PATHS = {
  camera: 'M3 6.5h3l1.5-2h5l1.5 2h3v9.5h-14zM10 13.5a2.75 2.75 0 1 0 0-5.5 2.75 2.75 0 0 0 0 5.5',
  picture: 'M3 4h14v12h-14zM3 13.5l4-4 4 4 2.5-2.5 3.5 3.5M13 7.5h.01',
  settings:
    'M3 6h7.5M14.5 6h2.5M3 14h2.5M9.5 14h7.5M12.5 4a2 2 0 1 0 0 4 2 2 0 0 0 0-4M7.5 12a2 2 0 1 0 0 4 2 2 0 0 0 0-4',
  check: 'M4.5 10.5l3.5 3.5 7.5-8',
  close: 'M5 5l10 10M15 5l-10 10',
  plus: 'M10 4v12M4 10h12',
  minus: 'M4 10h12',
  fit: 'M4 8v-4h4M12 4h4v4M16 12v4h-4M8 16h-4v-4',
  fade: 'M3.5 10a6.5 6.5 0 0 1 13 0 6.5 6.5 0 0 1-13 0M10 3.5v13M12.5 5v10M14.7 6.5v7',
  down: 'M5 8l5 5 5-5',
  previous: 'M12 5l-5 5 5 5',
  next: 'M8 5l5 5-5 5',
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
