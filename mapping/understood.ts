import type { Model } from '../contract/model.ts';
import { FEATURE_NAME } from '../contract/name.ts';
import { PARTS, type Part, type TableUse, type TableWarning } from '../contract/table.ts';
import { inferType } from '../tables/rules/infer.ts';
import { MISSING_WORDS, textOf } from '../tables/rules/missing.ts';
import type { TextFacts } from '../tables/rules/tally.ts';
import type { TableRow } from '../tables/table-row.ts';
import { isEpoch } from './guess.ts';
import type { Mapping } from './mapping.ts';
import { timeOf } from './time.ts';

export type FeatureType = Model['columns'][number]['type'];

/** What an import takes a table for, before anything is sent. */
export interface Understood {
  readonly parts: Readonly<Partial<Record<Part, { readonly column: string; readonly guessed: boolean }>>>;
  /** Rows are events already, and go as they are. */
  readonly events: boolean;
  readonly features: readonly { readonly name: string; readonly type: FeatureType }[];
  readonly ignored: readonly string[];
  /** What people said is to be left out; it is among `ignored` where it is a column. */
  readonly said: { readonly ignored: readonly string[] };
  readonly warnings: readonly TableWarning[];
  /** What becomes of values before the server stores them, in words by column; only of columns that have a rule. */
  readonly protected: Readonly<Record<string, string>>;
}

/** @param types what a feature will be in the model; a column that is not in it is left out. */
export function understand(
  rows: number,
  columns: ReadonlyMap<string, TextFacts>,
  sample: readonly TableRow[],
  mapping: Mapping,
  use: TableUse,
  types: ReadonlyMap<string, FeatureType>,
): Omit<Understood, 'protected'> {
  const taken = new Set(mapping.roles.values());
  const events = columns.get('features')?.stored === 'other';
  const rest = [...columns.keys()].filter((name) => !taken.has(name));
  const isFeature = (name: string) =>
    use !== 'labels' && !events && types.has(name) && !mapping.ignored.has(name);
  return {
    parts: Object.fromEntries(
      PARTS.flatMap((role) => {
        const column = mapping.roles.get(role);
        return column === undefined ? [] : [[role, { column, guessed: mapping.guessed.has(role) }]];
      }),
    ),
    events,
    features: rest
      .filter(isFeature)
      .map((name) => ({ name, type: recognised(columns.get(name)!) ?? types.get(name)! })),
    ignored: events ? [] : rest.filter((name) => !isFeature(name)),
    said: { ignored: [...mapping.ignored] },
    warnings: warnings({ rows, columns, sample, mapping, events }, use),
  };
}

/** What is watched only for whether it is there, as the server recognises it too; null: what it is stored as. */
function recognised(facts: TextFacts): FeatureType | null {
  const { type, skip } = inferType(facts);
  if (skip === 'identifier') return skip;
  return type === 'time' || type === 'text' ? type : null;
}

/** A value of the time column that no time is read from, among the first rows; undefined: there is none. */
export function unreadTime({ roles }: Mapping, sample: readonly TableRow[]): string | undefined {
  const column = roles.get('time') ?? '';
  const cells = sample.flatMap((row) => textOf(row[column]) ?? []).filter((text) => !MISSING_WORDS.has(text));
  return cells.find((text) => typeof timeOf(text) !== 'number');
}

interface Seen {
  readonly rows: number;
  readonly columns: ReadonlyMap<string, TextFacts>;
  readonly sample: readonly TableRow[];
  readonly mapping: Mapping;
  readonly events: boolean;
}

/** What is likely not meant, and what to do about it. */
function warnings(seen: Seen, use: TableUse): TableWarning[] {
  if (use === 'labels' || (use === 'reference' && seen.events)) return [];
  const parts =
    use === 'reference' ? lackingOfReference(seen) : [...timeWarnings(seen), ...lackingOfRows(seen)];
  return [...parts, ...nameless(seen), ...(use === 'predictions' ? repeating(seen) : [])];
}

/** Columns whose values look like times. */
function likelyTimes({ columns, mapping }: Seen): string[] {
  const taken = new Set(mapping.roles.values());
  return [...columns]
    .filter(([name, facts]) => !taken.has(name) && (inferType(facts).type === 'time' || isEpoch(facts)))
    .map(([name]) => name)
    .slice(0, 3);
}

function timeWarnings(seen: Seen): TableWarning[] {
  const { mapping, columns, sample } = seen;
  const time = columns.get(mapping.roles.get('time') ?? '');
  if (time === undefined) {
    const message = 'no column is the time: every row is stored as of now';
    return [{ message, part: 'time', columns: likelyTimes(seen) }];
  }
  const said: TableWarning[] = [];
  const unread = unreadTime(mapping, sample);
  if (unread !== undefined)
    said.push(
      general(
        `"${time.name}" holds what is not read as a time ("${unread.slice(0, 40)}"): such rows are refused. Write 2026-01-31T10:00:00Z, or epoch seconds`,
      ),
    );
  if (time.missing > 0)
    said.push(
      general(
        `${time.missing === 1 ? 'one row has no time: it is' : `${time.missing} rows have no time: they are`} stored as of now`,
      ),
    );
  return said;
}

function lackingOfRows({ mapping }: Seen): TableWarning[] {
  if (mapping.roles.has('prediction')) return [];
  const message = 'no column is the prediction: its drift and the quality cannot be told';
  return [{ message, part: 'prediction', columns: [] }];
}

/** Of a reference rows have no time; but what it does not have is compared with nothing. */
function lackingOfReference({ mapping: { roles } }: Seen): TableWarning[] {
  const prediction = 'no column is the prediction: its drift is compared with nothing';
  const label = 'no column is the label: quality has no baseline in this reference';
  return [
    ...(roles.has('prediction') ? [] : [{ message: prediction, part: 'prediction' as const, columns: [] }]),
    ...(roles.has('label') ? [] : [{ message: label, part: 'label' as const, columns: [] }]),
  ];
}

function nameless({ columns, mapping }: Seen): TableWarning[] {
  const taken = new Set(mapping.roles.values());
  const names = [...columns.keys()].filter((name) => !taken.has(name) && !FEATURE_NAME.test(name));
  if (names.length === 0) return [];
  const few = names.slice(0, 10).join(', ');
  return [general(`left out, as no feature can be called so (quotes, ";", "\\", or "_" in front): ${few}`)];
}

function repeating({ rows, columns, mapping }: Seen): TableWarning[] {
  const id = columns.get(mapping.roles.get('id') ?? '');
  if (id === undefined || id.distinct >= 0.97 * (id.n - id.missing)) return [];
  const about = id.distinct.toLocaleString('en-US');
  return [
    general(
      `"${id.name}" repeats: about ${about} values in ${rows.toLocaleString('en-US')} rows, and a prediction whose id is known already is dropped`,
    ),
  ];
}

const general = (message: string): TableWarning => ({ message, part: null, columns: [] });
