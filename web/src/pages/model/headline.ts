/** A value beside what it is compared with. */
export interface Moved {
  readonly arrow: '▲' | '▼' | '=';
  /** Without its sign: the arrow has it. */
  readonly by: number;
  readonly worse: boolean;
}

/**
 * How a metric moved from its baseline. `worse`: the direction in which the metric gets worse.
 * `movedFrom(0.71, 0.77, 'lower')` → `{ arrow: '▼', by: 0.06, worse: true }`
 */
export function movedFrom(
  value: number | null,
  baseline: number | null,
  worse: 'higher' | 'lower',
): Moved | null {
  if (value === null || baseline === null) return null;
  const by = value - baseline;
  if (by === 0) return { arrow: '=', by: 0, worse: false };
  return { arrow: by > 0 ? '▲' : '▼', by: Math.abs(by), worse: by > 0 === (worse === 'higher') };
}
