import { type Random, random, randomInteger, shuffle } from '../../stats/random.ts';
import { type Said, saidByOurs } from './ours.ts';
import { halves } from './rows.ts';
import { type MemoryColumn, type MemoryTable, readTables } from './tables.ts';
import { goesWithAnother } from './tied.ts';

/** The tables with the most rows, each with that many on both sides; where fewer carry it they are drawn from more often. */
const TABLES = 6;
/** What goes with no other column by at least this has no correlation to break: of less, half is what is told of at no size. */
const TIED = 0.2;

/** A change of one column or of whole rows, to which columns it can be made, and what has to be said of it. */
interface Injection {
  readonly title: string;
  readonly goal: string;
  fits(column: MemoryColumn, table: MemoryTable): boolean;
  apply(columns: readonly MemoryColumn[], name: string, next: Random): MemoryColumn[];
  /** Whether it is named as what it is; null: the column is to be named. */
  readonly named: ((said: Said, name: string) => boolean) | null;
}

const inColumn =
  (change: (column: MemoryColumn, next: Random) => MemoryColumn): Injection['apply'] =>
  (columns, name, next) =>
    columns.map((column) => (column.name === name ? change(column, next) : column));

const INJECTIONS: readonly Injection[] = [
  { title: 'nothing', goal: '', fits: () => true, apply: inColumn((column) => column), named: () => false },
  { title: 'mean + 0.1 σ', goal: '20 / 95 %', fits: isContinuous, apply: inColumn((column) => lifted(column, 0.1)), named: null }, // biome-ignore format: a table
  { title: 'mean + 0.2 σ', goal: '95 / 100 %', fits: isContinuous, apply: inColumn((column) => lifted(column, 0.2)), named: null }, // biome-ignore format: a table
  { title: '2 % in a new category', goal: '95 / 100 %', fits: isCategories, apply: inColumn((column, next) => replaced(column, 0.02, 'never seen', next)), named: null }, // biome-ignore format: a table
  { title: 'five points to the most frequent category', goal: '40 / 95 %', fits: isCategories, apply: inColumn(fivePoints), named: null }, // biome-ignore format: a table
  { title: 'half of its correlations broken', goal: '60 / 95 %', fits: (column, table) => isContinuous(column) && goesWithAnother(column, table) >= TIED, apply: inColumn(halfShuffled), named: ({ whole }, name) => whole.dependence?.changed.some(({ columns }) => columns.includes(name)) ?? false }, // biome-ignore format: a table
  { title: '2 % of the rows copied', goal: '90 / 100 %', fits: () => true, apply: copied, named: ({ whole }) => (whole.repeated?.status ?? 'ok') !== 'ok' }, // biome-ignore format: a table
];

/** Changes of known size made to one column of a sample: how often the column is named, as failing or as moved a little. @param only a part of the titles of those that are wanted. */
export async function injectedShifts(
  folder: string,
  repetitions: number,
  only: string,
  sizes: readonly number[],
): Promise<void> {
  const tables = (await readTables(folder, 'all')).sort((a, b) => b.rows - a.rows);
  console.log(
    '| injected | rows a side | tables | checks | named | of these failing | false columns per check | goal |',
  );
  console.log('|---|---:|---:|---:|---:|---:|---:|---:|');
  for (const injection of INJECTIONS.filter(({ title }) => title.includes(only)))
    for (const size of sizes) {
      const able = tables.filter((table) => table.rows >= 2 * size && fitting(injection, table).size > 0).slice(0, TABLES); // biome-ignore format: one pipe
      const next = random(4_242 + size);
      const found = { checks: 0, named: 0, failing: 0, wrong: 0 };
      for (const table of able)
        for (let k = 0; k < Math.ceil((repetitions * TABLES) / able.length); k++)
          once(table, injection, size, next, found);
      const share = (count: number) => `${((100 * count) / found.checks).toFixed(0)} %`;
      console.log(
        `| ${[injection.title, size.toLocaleString('en'), able.length, found.checks, share(found.named), share(found.failing), (found.wrong / found.checks).toFixed(3), injection.goal].join(' | ')} |`,
      );
    }
}

const known = new Map<Injection, Map<MemoryTable, ReadonlySet<string>>>();

/** The columns of the whole table that the change can be made to. */
function fitting(injection: Injection, table: MemoryTable): ReadonlySet<string> {
  const tables = known.get(injection) ?? new Map<MemoryTable, ReadonlySet<string>>();
  known.set(injection, tables);
  const names = tables.get(table) ?? new Set(table.columns.filter((column) => injection.fits(column, table)).map(({ name }) => name)); // biome-ignore format: one choice
  tables.set(table, names);
  return names;
}

function once(
  table: MemoryTable,
  injection: Injection,
  size: number,
  next: Random,
  found: { checks: number; named: number; failing: number; wrong: number },
): void {
  const [before, after] = halves(table, next, size);
  const names = fitting(injection, table);
  const able = before.filter((column) => names.has(column.name));
  const { name } = able[randomInteger(next, able.length)]!;
  const all = saidByOurs(before, injection.apply(after, name, next));
  const said = all.columns.filter(({ status }) => ['drift', 'quality', 'shift'].includes(status));
  const mine = said.find((column) => column.name === name);
  const named = injection.named ? injection.named(all, name) : mine !== undefined;
  if (process.env.CALM_NAMES && !named && injection.title !== 'nothing') console.error(`${injection.title} ${size}: ${table.name} ${name} missed`); // biome-ignore format: one line
  if (process.env.CALM_NAMES)
    for (const { name: other, reasons, moved } of said)
      if (other !== name || injection.named !== null)
        console.error(
          `${injection.title} ${size}: ${table.name} ${other} (changed: ${name}) said: ${reasons.join('; ')} q=${moved?.q}`,
        );
  found.checks++;
  found.named += Number(named);
  found.failing += Number(mine !== undefined && mine.status !== 'shift');
  found.wrong += said.length - Number(mine !== undefined && injection.named === null);
}

function isContinuous({ values, name }: MemoryColumn): boolean {
  return values instanceof Float64Array && !/^(id|no|instant)$/i.test(name) && new Set(values).size > 20;
}

function isCategories({ values }: MemoryColumn): boolean {
  if (values instanceof Float64Array) return false;
  const kinds = new Set(values).size;
  return kinds >= 2 && kinds <= 50;
}

function lifted(column: MemoryColumn, share: number): MemoryColumn {
  const values = column.values as Float64Array;
  const given = values.filter((x) => !Number.isNaN(x));
  const mean = given.reduce((sum, x) => sum + x, 0) / given.length;
  const deviation = Math.sqrt(given.reduce((sum, x) => sum + (x - mean) ** 2, 0) / given.length);
  // Whole numbers stay whole, or the step alone would tell.
  const whole = given.every(Number.isInteger);
  let carry = 0;
  const moved = values.map((x) => {
    if (!whole || Number.isNaN(x)) return x + share * deviation;
    carry += share * deviation;
    const step = Math.round(carry);
    carry -= step;
    return x + step;
  });
  return { ...column, values: moved };
}

function replaced(column: MemoryColumn, share: number, by: string, next: Random): MemoryColumn {
  const values = column.values as readonly (string | null)[];
  return { ...column, values: values.map((value) => (next() < share ? by : value)) };
}

function fivePoints(column: MemoryColumn, next: Random): MemoryColumn {
  const values = column.values as readonly (string | null)[];
  const counts = new Map<string | null, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const [most, count] = [...counts].filter(([value]) => value !== null).sort((a, b) => b[1] - a[1])[0]!;
  const chance = 0.05 / Math.max(0.05, 1 - count / values.length);
  return { ...column, values: values.map((value) => (value !== most && next() < chance ? most : value)) };
}

function halfShuffled(column: MemoryColumn, next: Random): MemoryColumn {
  const values = (column.values as Float64Array).slice();
  const rows = shuffle(Uint32Array.from(values, (_, i) => i), next).slice(0, values.length / 2); // biome-ignore format: one call
  const taken = rows.map((_, i) => rows[(i + 1) % rows.length]!);
  const before = values.slice();
  for (const [i, row] of rows.entries()) values[row] = before[taken[i]!]!;
  return { ...column, values };
}

function copied(columns: readonly MemoryColumn[], _: string, next: Random): MemoryColumn[] {
  const n = columns[0]!.values.length;
  const from = Array.from({ length: Math.round(0.02 * n) }, () => randomInteger(next, n));
  return columns.map((column) => {
    const values = Array.from(column.values as ArrayLike<unknown>) as never[];
    for (const [i, row] of from.entries()) values[n - 1 - i] = values[row]!;
    return { ...column, values: column.values instanceof Float64Array ? Float64Array.from(values) : values };
  });
}
