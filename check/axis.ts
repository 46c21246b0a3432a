/**
 * The fine cells on which a numeric column is counted: `asinh` for heavy tails (see stats/asinh-grid.ts), else `linear`,
 * which the engine computes faster. Cells run from −HALF to HALF − 1; the end cells hold everything beyond.
 */
export interface Axis {
  readonly kind: 'linear' | 'asinh';
  readonly center: number;
  /** Width of a cell at the centre. */
  readonly step: number;
}

export const HALF = 512;
const ASINH_CELLS = 64;

/** An axis for numbers with these quantiles (0.05 %, 0.5 %, 5 %, 25 %, 50 %, 75 %, 95 %, 99.5 %, 99.95 %) and extremes; `whole`: all are whole numbers. */
export function axisOf(quantiles: readonly number[], min: number, max: number, whole: boolean): Axis {
  const low = quantiles[0] ?? min;
  const high = quantiles.at(-1) ?? max;
  const center = quantiles[4] ?? (min + max) / 2;
  const middle = (quantiles[5] ?? max) - (quantiles[3] ?? min);
  // Half as much again on both sides, so that what the survey did not see still finds a cell.
  const reach = 1.5 * Math.max(high - center, center - low, Number.MIN_VALUE);
  const scale = middle / 1.349 || (high - low) / 4 || Math.abs(center) || 1;
  if (whole && max - min < HALF) {
    return { kind: 'linear', center: Math.round(center), step: 1 };
  }
  if (reach > 20 * scale || max - center > 50 * scale || center - min > 50 * scale) {
    return { kind: 'asinh', center, step: scale / ASINH_CELLS };
  }
  return { kind: 'linear', center, step: reach / HALF || scale / HALF };
}

/** The cell of x. */
export function cellOf(x: number, axis: Axis): number {
  const z = (x - axis.center) / axis.step;
  const i = Math.floor(axis.kind === 'linear' ? z : ASINH_CELLS * Math.asinh(z / ASINH_CELLS));
  return Math.max(-HALF, Math.min(HALF - 1, i));
}

/** Lower edge of cell i in the column's unit. */
export function cellEdge(i: number, axis: Axis): number {
  return axis.center + axis.step * (axis.kind === 'linear' ? i : ASINH_CELLS * Math.sinh(i / ASINH_CELLS));
}

/** The cell of a finite SQL number, as an expression of the engine. */
export function cellSql(number: string, axis: Axis): string {
  const z = `(${number} - ${sqlNumber(axis.center)}) / ${sqlNumber(axis.step)}`;
  const cell = axis.kind === 'linear' ? z : `${ASINH_CELLS} * asinh(${z} / ${ASINH_CELLS})`;
  return `toInt32(floor(greatest(-${HALF}, least(${HALF - 1}, ${cell}))))`;
}

function sqlNumber(value: number): string {
  return `toFloat64(${value})`;
}
