import { binColumn, featureBins } from '../../../stats/trees/feature.ts';
import type { Cell } from '../../profiles/read/sample-rows.ts';

/** A column as small whole numbers: bins of numbers, categories, 0 where it is missing. The bins are those of the rows before. */
export interface Coded {
  readonly before: Uint8Array;
  readonly after: Uint8Array;
}

/** Codes are below it. */
export const MOST_CODES = 64;
/** Bins of a column of numbers, and categories told apart. */
const BINS = 12;

export function coded(before: readonly Cell[], after: readonly Cell[]): Coded {
  const numeric = [...before, ...after].every((cell) => cell === null || typeof cell === 'number');
  const bins = binsOf(before, numeric);
  const code = (cells: readonly Cell[]) =>
    Uint8Array.from(binColumn(asFeature(cells, numeric), bins.feature), (bin) => bins.place[bin]!);
  const codes = { before: code(before), after: code(after) };
  if (numeric)
    markOutside(before as readonly (number | null)[], after as readonly (number | null)[], codes.after);
  return codes;
}

/** Numbers beyond everything before are of a kind that was not there before. */
function markOutside(
  before: readonly (number | null)[],
  after: readonly (number | null)[],
  codes: Uint8Array,
): void {
  const [low, high] = before.reduce(
    ([least, most], cell) => (cell === null ? [least, most] : [Math.min(least, cell), Math.max(most, cell)]),
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY] as [number, number],
  );
  after.forEach((cell, i) => {
    if (cell !== null && (cell < low || cell > high)) codes[i] = BINS + (cell < low ? 2 : 3);
  });
}

/** The bins of trees, few enough to weigh by: neighbouring ones are one. */
function binsOf(cells: readonly Cell[], numeric: boolean) {
  const feature = featureBins(asFeature(cells, numeric));
  const filled = binColumn(asFeature(cells, numeric), feature);
  const counts = new Array<number>(64).fill(0);
  for (const bin of filled) counts[bin]!++;
  const place = new Uint8Array(64);
  let [held, next] = [0, 1];
  for (let bin = 1; bin < 64; bin++) {
    place[bin] = Math.min(next, BINS);
    held += counts[bin]!;
    if (!numeric || held >= filled.length / BINS) {
      held = 0;
      next++;
    }
  }
  if (!numeric) place[63] = BINS + 1;
  return { feature, place };
}

function asFeature(cells: readonly Cell[], numeric: boolean) {
  return numeric
    ? ({
        name: '',
        kind: 'numeric',
        values: Float64Array.from(cells, (cell) => (typeof cell === 'number' ? cell : Number.NaN)),
      } as const)
    : ({
        name: '',
        kind: 'categorical',
        values: cells.map((cell) => (cell === null ? null : String(cell))),
      } as const);
}
