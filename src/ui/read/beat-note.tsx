/** The note value of a beat as a small drawing; `quarters` is its length. */
export function BeatNote({ quarters }: { quarters: number }) {
  const dotted = quarters === 1.5 || quarters === 3 || quarters === 0.75;
  const open = quarters >= 2;
  const stemmed = quarters < 4;
  return (
    <svg width={dotted ? 15 : 11} height="18" viewBox={`0 0 ${dotted ? 15 : 11} 18`} aria-hidden="true">
      <ellipse
        cx="4.5"
        cy="14.5"
        rx="3.4"
        ry="2.5"
        transform="rotate(-20 4.5 14.5)"
        fill={open ? 'none' : 'currentColor'}
        stroke="currentColor"
        strokeWidth="1.2"
      />
      {stemmed && <path d="M7.7 13.6V2" stroke="currentColor" strokeWidth="1.2" fill="none" />}
      {quarters < 1 && (
        <path d="M7.7 2c.4 2.6 3.2 3.2 2 7" stroke="currentColor" strokeWidth="1.2" fill="none" />
      )}
      {dotted && <circle cx="12.3" cy="14.2" r="1.2" fill="currentColor" />}
    </svg>
  );
}
