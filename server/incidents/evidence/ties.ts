import type { RowSample } from '../../profiles/read/sample-rows.ts';
import { type Coded, coded, MOST_CODES } from './coded.ts';

/** How much a column hangs together with the others: their summed χ² beyond chance, before and after. */
export interface Tie {
  readonly column: string;
  readonly before: number;
  readonly after: number;
}

const LEAST_ROWS = 200;
const known = new WeakMap<RowSample, readonly Tie[]>();

/** How each input hangs together with the other inputs, on as many rows of both sides. */
export function tiesOf(sample: RowSample): readonly Tie[] {
  const before = known.get(sample);
  if (before !== undefined) return before;
  const found = measure(sample);
  known.set(sample, found);
  return found;
}

function measure({ before, after }: RowSample): Tie[] {
  const n = Math.min(before.n, after.n);
  if (n < LEAST_ROWS) return [];
  const columns = [...before.cells].flatMap(([name, cells]): [string, Coded][] =>
    name.startsWith('_') ? [] : [[name, coded(cells, after.cells.get(name) ?? [])]],
  );
  const sums = columns.map(() => ({ before: 0, after: 0 }));
  for (let a = 0; a < columns.length; a++)
    for (let b = a + 1; b < columns.length; b++)
      for (const side of ['before', 'after'] as const) {
        const tie = association(columns[a]![1][side].subarray(0, n), columns[b]![1][side].subarray(0, n));
        sums[a]![side] += tie;
        sums[b]![side] += tie;
      }
  return columns.map(([column], i) => ({ column, ...sums[i]! }));
}

/** χ² of a table of two columns less what chance gives. */
function association(a: Uint8Array, b: Uint8Array): number {
  const table = new Float64Array(MOST_CODES * MOST_CODES);
  const [rows, columns] = [new Float64Array(MOST_CODES), new Float64Array(MOST_CODES)];
  for (let i = 0; i < a.length; i++) {
    table[a[i]! * MOST_CODES + b[i]!]!++;
    rows[a[i]!]!++;
    columns[b[i]!]!++;
  }
  const count = (sums: Float64Array) => sums.filter((sum) => sum > 0).length;
  const free = Math.max(1, (count(rows) - 1) * (count(columns) - 1));
  let chi = -a.length;
  for (let r = 0; r < MOST_CODES; r++) {
    if (rows[r] === 0) continue;
    for (let c = 0; c < MOST_CODES; c++) {
      const n = table[r * MOST_CODES + c]!;
      if (n > 0) chi += (n * n * a.length) / (rows[r]! * columns[c]!);
    }
  }
  return Math.max(0, chi - free - 3 * Math.sqrt(2 * free));
}
