interface SparklineProps {
  readonly values: readonly (number | null)[];
  readonly width?: number;
  readonly height?: number;
  /** Areas start at zero (traffic); lines use the whole height (quality). */
  readonly area?: boolean;
  /** Of an estimate, not of what was measured. */
  readonly dashed?: boolean;
  readonly label: string;
}

/** A drawing in the size of a word, without axes. Missing values are gaps. */
export function Sparkline({
  values,
  width = 120,
  height = 20,
  area = false,
  dashed = false,
  label,
}: SparklineProps) {
  const known = values.filter((value) => value !== null);
  const low = area ? 0 : Math.min(...known);
  const high = Math.max(...known);
  const span = high - low || 1;
  const x = (i: number) => (values.length < 2 ? 0 : (i / (values.length - 1)) * (width - 2) + 1);
  const y = (value: number) => height - 1.5 - ((value - low) / span) * (height - 3);
  const runs: [number, number][][] = [[]];
  values.forEach((value, i) => {
    if (value === null) runs.push([]);
    else runs.at(-1)!.push([x(i), y(value)]);
  });
  return (
    <svg width={width} height={height} role="img" aria-label={label} style={{ display: 'block' }}>
      {known.length > 0 &&
        runs
          .filter((run) => run.length > 0)
          .map((run) => {
            const path = run
              .map(([px, py], i) => `${i === 0 ? 'M' : 'L'}${px.toFixed(1)} ${py.toFixed(1)}`)
              .join('');
            const floor = `L${run.at(-1)![0].toFixed(1)} ${height}L${run[0]![0].toFixed(1)} ${height}Z`;
            return (
              <g key={run[0]![0]}>
                {area && <path d={path + floor} fill="var(--accent)" opacity="0.14" />}
                <path
                  d={path}
                  fill="none"
                  stroke="var(--accent)"
                  strokeWidth="1.25"
                  strokeLinejoin="round"
                  strokeDasharray={dashed ? '3 2' : undefined}
                />
              </g>
            );
          })}
    </svg>
  );
}
