import type { Model } from '../../contract/model.ts';
import { FEATURE_NAME } from '../../contract/name.ts';
import { inferType } from '../../tables/rules/infer.ts';
import { MISSING_WORDS, textOf } from '../../tables/rules/missing.ts';
import type { TextFacts } from '../../tables/rules/tally.ts';
import type { TableRow } from '../../tables/table-row.ts';
import { type Mapping, ROLES, type Role } from './mapping.ts';
import { timeOf } from './time.ts';

export type Kind = 'predictions' | 'labels';
export type FeatureType = Model['columns'][number]['type'];

/** What an import takes a table for, before anything is sent. */
export interface Understood {
  readonly parts: Readonly<Partial<Record<Role, { readonly column: string; readonly guessed: boolean }>>>;
  /** Rows are events already, and go as they are. */
  readonly events: boolean;
  readonly features: readonly { readonly name: string; readonly type: FeatureType }[];
  readonly ignored: readonly string[];
  readonly warnings: readonly string[];
}

/** @param types what a feature will be in the model; a column that is not in it is left out. */
export function understand(
  rows: number,
  columns: ReadonlyMap<string, TextFacts>,
  sample: readonly TableRow[],
  mapping: Mapping,
  kind: Kind,
  types: ReadonlyMap<string, FeatureType>,
): Understood {
  const taken = new Set(mapping.roles.values());
  const events = columns.get('features')?.stored === 'other';
  const rest = [...columns.keys()].filter((name) => !taken.has(name));
  const isFeature = (name: string) =>
    kind === 'predictions' && !events && types.has(name) && !mapping.ignored.has(name);
  return {
    parts: Object.fromEntries(
      ROLES.flatMap((role) => {
        const column = mapping.roles.get(role);
        return column === undefined ? [] : [[role, { column, guessed: mapping.guessed.has(role) }]];
      }),
    ),
    events,
    features: rest
      .filter(isFeature)
      .map((name) => ({ name, type: recognised(columns.get(name)!) ?? types.get(name)! })),
    ignored: events ? [] : rest.filter((name) => !isFeature(name)),
    warnings: kind === 'predictions' ? warnings(rows, columns, sample, mapping) : [],
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

/** What is likely not meant, and what to do about it. */
function warnings(
  rows: number,
  columns: ReadonlyMap<string, TextFacts>,
  sample: readonly TableRow[],
  mapping: Mapping,
): string[] {
  const said: string[] = [];
  const { roles } = mapping;
  const unread = unreadTime(mapping, sample);
  const time = columns.get(roles.get('time') ?? '');
  const likely = [...columns].filter(([, facts]) => inferType(facts).type === 'time').map(([name]) => name);
  if (time === undefined) {
    const which = likely.length > 0 ? ` (${likely.slice(0, 3).join(', ')}?)` : '';
    said.push(`no column is the time: every row is stored as of now. Name it with --map time=COLUMN${which}`);
  } else if (unread !== undefined) {
    said.push(
      `"${time.name}" holds what is not read as a time ("${unread.slice(0, 40)}"): such rows are refused. Write 2026-01-31T10:00:00Z, or epoch seconds`,
    );
  }
  if (time !== undefined && time.missing > 0) {
    said.push(`${time.missing} rows have no time: they are stored as of now`);
  }
  if (!roles.has('prediction')) {
    said.push(
      'no column is the prediction: its drift and the quality cannot be told. Name it with --map prediction=COLUMN',
    );
  }
  const taken = new Set(roles.values());
  const nameless = [...columns.keys()].filter((name) => !taken.has(name) && !FEATURE_NAME.test(name));
  if (nameless.length > 0) {
    said.push(
      `left out, as no feature can be called so (quotes, ";", "\\", or "_" in front): ${nameless.slice(0, 10).join(', ')}`,
    );
  }
  const id = columns.get(roles.get('id') ?? '');
  if (id !== undefined && id.distinct < 0.97 * (id.n - id.missing)) {
    const about = id.distinct.toLocaleString('en-US');
    said.push(
      `"${id.name}" repeats: about ${about} values in ${rows.toLocaleString('en-US')} rows, and a prediction whose id is known already is dropped`,
    );
  }
  return said;
}
