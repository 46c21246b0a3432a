interface BarsProps {
  readonly counts: readonly number[];
  readonly width?: number;
  readonly height?: number;
  readonly label: string;
}

/** A histogram in the size of a word, without axes. A bar with anything in it is seen. */
export function Bars({ counts, width = 96, height = 20, label }: BarsProps) {
  const most = Math.max(1, ...counts);
  // Few categories are narrow bars of a usual width, not walls.
  const slot = Math.min(12, width / Math.max(1, counts.length));
  return (
    <svg width={width} height={height} role="img" aria-label={label} style={{ display: 'block' }}>
      {counts.map((count, i) => {
        const tall = count === 0 ? 0 : Math.max(1.5, (count / most) * (height - 1));
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place
            key={i}
            x={i * slot}
            y={height - tall}
            width={Math.max(1, slot - 1)}
            height={tall}
            fill="var(--accent)"
            opacity="0.65"
          />
        );
      })}
      <line x1="0" x2={width} y1={height - 0.5} y2={height - 0.5} stroke="var(--line-strong)" />
    </svg>
  );
}
