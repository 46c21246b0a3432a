/**
 * The fine cells on which a numeric column is counted: `asinh` for heavy tails (see stats/asinh-grid.ts), else `linear`.
 * Cells run from −HALF to HALF − 1; the end cells hold everything beyond. Centre and step are round numbers, so that two
 * samples of one table give the same cells.
 */
export interface Axis {
  readonly kind: 'linear' | 'asinh';
  readonly center: number;
  /** Width of a cell at the centre. */
  readonly step: number;
  /** Every value is a whole number and has a cell of its own. */
  readonly whole: boolean;
}

export const HALF = 512;
const ASINH_CELLS = 64;

/**
 * An axis for numbers with these quantiles (0.05 %, 0.5 %, 5 %, 25 %, 50 %, 75 %, 95 %, 99.5 %, 99.95 %) and extremes.
 * @param whole all are whole numbers.
 */
export function axisOf(quantiles: readonly number[], min: number, max: number, whole: boolean): Axis {
  const low = quantiles[0] ?? min;
  const high = quantiles.at(-1) ?? max;
  const center = quantiles[4] ?? min / 2 + max / 2;
  if (whole && max - min < HALF)
    return { kind: 'linear', center: Math.round(min / 2 + max / 2), step: 1, whole: true };
  const middle = (quantiles[5] ?? max) - (quantiles[3] ?? min);
  // Half as much again on both sides, so that what the survey did not see still finds a cell.
  const reach = 1.5 * Math.max(high - center, center - low);
  const scale = roundUp(middle / 1.349 || (high - low) / 4 || Math.abs(center) || 1);
  if (reach > 20 * scale || max - center > 50 * scale || center - min > 50 * scale)
    return {
      kind: 'asinh',
      center: nearestMultiple(center, scale / 4),
      step: scale / ASINH_CELLS,
      whole: false,
    };
  const step = roundUp(reach / HALF || scale / HALF);
  return {
    kind: 'linear',
    center: nearestMultiple(center, 16 * step),
    step: whole ? Math.ceil(step) : step,
    whole: false,
  };
}

const ROUND = [1, 1.25, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];

/** The next round number: 1, 1.25, 1.5, 2, 2.5, 3, 4, 5, 6 or 8 times a power of ten. `roundUp(0.0213)` → 0.025 */
function roundUp(x: number): number {
  const power = Math.max(-300, Math.min(300, Math.floor(Math.log10(x))));
  const digit = x / 10 ** power;
  return Number(`${ROUND.find((round) => round >= digit * (1 - 1e-12)) ?? 10}e${power}`);
}

function nearestMultiple(x: number, step: number): number {
  const multiple = Math.round(x / step) * step;
  return Number.isFinite(multiple) ? Number(multiple.toPrecision(12)) : x;
}

/** The cell of a finite number. */
export function cellOf(x: number, axis: Axis): number {
  const z = (x - axis.center) / axis.step;
  const i = Math.floor(axis.kind === 'linear' ? z : ASINH_CELLS * Math.asinh(z / ASINH_CELLS));
  return Math.max(-HALF, Math.min(HALF - 1, i));
}

/** Lower edge of cell i in the column's unit; always finite. */
export function cellEdge(i: number, axis: Axis): number {
  const cells = axis.kind === 'linear' ? i : ASINH_CELLS * Math.sinh(i / ASINH_CELLS);
  return Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, axis.center + axis.step * cells));
}

/** An axis in SQL: of one column, or of each row's column where one statement counts many. */
export interface AxisSql {
  /** SQL of whether the axis is linear: '1', '0', or a name. */
  readonly linear: string;
  readonly center: string;
  readonly step: string;
}

/** @example axisSql({ kind: 'linear', center: 5, step: 1, whole: true }) // { linear: '1', center: '5', step: '1' } */
export function axisSql(axis: Axis): AxisSql {
  return { linear: axis.kind === 'linear' ? '1' : '0', center: `${axis.center}`, step: `${axis.step}` };
}

/** Distance of an SQL number from the axis's centre, in cells at the centre. */
export function offsetSql(number: string, axis: AxisSql): string {
  return `(${number} - ${axis.center}) / ${axis.step}`;
}

/** The cell of an SQL number as an expression of the engine; NaN and ±∞ give a cell outside the axis. */
export function cellSql(number: string, axis: AxisSql): string {
  const z = offsetSql(number, axis);
  const u = `(${z} / ${ASINH_CELLS})`;
  // asinh u: the engine takes logarithms of whole blocks, hyperbolic sines one by one.
  const bent = `${ASINH_CELLS} * sign(${u}) * log(abs(${u}) + sqrt(${u} * ${u} + 1))`;
  const cell = axis.linear === '1' ? z : axis.linear === '0' ? bent : `if(${axis.linear}, ${z}, ${bent})`;
  const bounded = `floor(greatest(-${HALF}., least(${HALF - 1}., ${cell})))`;
  return `toInt32(if(isFinite(${number}), ${bounded}, ${2 * HALF}.))`;
}
