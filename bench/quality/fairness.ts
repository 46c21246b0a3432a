import { fairnessOf } from '../../check/performance/fairness.ts';
import type { Estimate, Outcome } from '../../stats/outcome.ts';
import type { Random } from '../../stats/random.ts';
import { picked, THRESHOLD } from './binary.ts';
import { drawnFrom, type Found } from './hits.ts';
import type { BinaryTable } from './tables.ts';

/** Attributes of two and of several groups, by the names of their columns. */
const ATTRIBUTES = { Adult: { sex: '9', race: '8' }, Bike: { 'working day': '8', season: '2' } };

/** Every measure of fairness of a sample as `check` tells it, against that of the whole table's groups that the sample judges. */
export function realisedFairness(table: BinaryTable, n: number, next: Random): Found[] {
  const drawn = drawnFrom(table.rows, n, next);
  const columns = table.name.startsWith('Adult') ? ATTRIBUTES.Adult : ATTRIBUTES.Bike;
  return Object.entries(columns).flatMap(([attribute, column]) => {
    const groups = table.features.find(({ name }) => name === column)!.values;
    const measured = fairOf(table, drawn, groups, () => true);
    const judged = new Set(measured.groups.flatMap(({ group, too_small }) => (too_small ? [] : [group])));
    const truth = wholeOf(table, column, groups, judged);
    return measured.measures.map((measure) => ({
      metric: `${measure.id}, ${attribute}`,
      outcome: measure as Outcome<Estimate>,
      truth: truth.get(measure.id) ?? Number.NaN,
    }));
  });
}

const wholes = new Map<string, ReadonlyMap<string, number>>();

function wholeOf(table: BinaryTable, column: string, groups: Groups, judged: ReadonlySet<string>) {
  const key = [table.name, column, ...[...judged].sort()].join();
  const known = wholes.get(key);
  if (known) return known;
  const all = Int32Array.from({ length: table.rows }, (_, i) => i);
  const { measures } = fairOf(table, all, groups, (name) => judged.has(`group=${name}`));
  const values = new Map(measures.flatMap(({ id, value }) => (value === undefined ? [] : [[id, value]])));
  wholes.set(key, values);
  return values;
}

type Groups = ArrayLike<number | string | null>;

function fairOf(table: BinaryTable, rows: Int32Array, groups: Groups, wanted: (name: string) => boolean) {
  const of = rows.filter((row) => wanted(`${groups[row]}`));
  const { label, score } = picked(table, of);
  const answer = Array.from(score, (p) => Number(p >= THRESHOLD));
  const names = Array.from(of, (row) => `${groups[row]}`);
  return fairnessOf(new Map([['group', names]]), { label, answer, score })[0]!;
}
