import type { Random } from '../../../stats/random.ts';

export type Value = number | string | null;

/** A row on its way through a service: what it was asked, what it answered, what turned out to be true. */
export interface Served {
  readonly features: Readonly<Record<string, Value>>;
  readonly label: number | string;
  readonly latencyMs: number;
  readonly error: string | null;
}

/** What a fault needs to know of a table to be planted in it. */
export interface Grounds {
  readonly numeric: readonly string[];
  readonly categorical: readonly string[];
  /** Columns by how much the model relies on them, the most first. */
  readonly ranked: readonly string[];
  readonly task: 'binary' | 'regression';
  /** Rows as the model was tested on. */
  readonly rows: readonly Served[];
}

/** A fault that has found its place. What is absent stays as it was. */
export interface Planted {
  /** The columns that are hit; empty for a fault of the whole model. */
  readonly columns: readonly string[];
  /** What becomes of a row that is hit. `before` gives the rows served earlier, the newest first. */
  change?(row: Served, before: (back: number) => Served | undefined): Served;
  /** How likely a row is still asked, 0 to 1. */
  keep?(row: Served): number;
  /** The answer to a row that is hit. */
  answer?(answer: number, row: Served): number;
  /** Requests against what is usual. */
  readonly volume?: number;
  /** Buckets by which labels come later. */
  readonly labelsLate?: number;
  /** A version goes live with it. */
  readonly version?: boolean;
}

/** A way in which a model's surroundings break. `kind` is the name of the cause that should be named. */
export interface Fault {
  readonly kind: string;
  /** From mild to strong, as they are told. */
  readonly strengths: readonly { readonly name: string; readonly value: number }[];
  /** Buckets before it and in it without which nobody could tell it; a shorter replay is made longer. */
  readonly takes?: { readonly clean?: number; readonly faulty?: number };
  /** Null when the table has nothing that could break so. */
  plant(grounds: Grounds, strength: number, random: Random): Planted | null;
}

/** One of these, by chance; undefined of none. */
export function pick<T>(from: readonly T[], random: Random): T | undefined {
  return from[Math.floor(random() * from.length)];
}

/** The columns of one type that a model relies on most, at least three where there are as many: a column that nobody reads breaks nothing. */
export function leading(columns: readonly string[], { ranked }: Grounds): string[] {
  const own = ranked.filter((name) => columns.includes(name));
  return own.slice(0, Math.max(3, Math.ceil(own.length / 2)));
}

/** The numbers of a column, ascending. */
export function numbersOf({ rows }: Grounds, column: string): number[] {
  return rows
    .flatMap(({ features }) => (typeof features[column] === 'number' ? [features[column]] : []))
    .sort((a, b) => a - b);
}

/** The categories of a column, the most frequent first, with their shares. */
export function categoriesOf({ rows }: Grounds, column: string): [category: string, share: number][] {
  const counts = new Map<string, number>();
  for (const { features } of rows) {
    const value = features[column];
    if (value !== null && value !== undefined)
      counts.set(String(value), (counts.get(String(value)) ?? 0) + 1);
  }
  return [...counts]
    .map(([value, n]): [string, number] => [value, n / rows.length])
    .sort((a, b) => b[1] - a[1]);
}

/** The row with other values. */
export function withFeatures(row: Served, features: Readonly<Record<string, Value>>): Served {
  return { ...row, features: { ...row.features, ...features } };
}
