import type { Model } from '../contract/model.ts';
import { PARTS, type Part, type TableUse, type TableWarning } from '../contract/table.ts';
import { inferType } from '../tables/rules/infer.ts';
import type { TextFacts } from '../tables/rules/tally.ts';
import { type Seen, warningsOf } from './warnings.ts';

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
  seen: Omit<Seen, 'events' | 'features' | 'unused'>,
  use: TableUse,
  types: ReadonlyMap<string, FeatureType>,
): Omit<Understood, 'protected'> {
  const { columns, mapping } = seen;
  const taken = new Set(mapping.roles.values());
  const events = columns.get('features')?.stored === 'other';
  const rest = [...columns.keys()].filter((name) => !taken.has(name));
  const isFeature = (name: string) =>
    use !== 'labels' && !events && types.has(name) && !mapping.ignored.has(name);
  const features = rest
    .filter(isFeature)
    .map((name) => ({ name, type: recognised(columns.get(name)!) ?? types.get(name)! }));
  const unused = rest.filter((name) => !isFeature(name) && !mapping.ignored.has(name));
  return {
    parts: Object.fromEntries(
      PARTS.flatMap((role) => {
        const column = mapping.roles.get(role);
        return column === undefined ? [] : [[role, { column, guessed: mapping.guessed.has(role) }]];
      }),
    ),
    events,
    features,
    ignored: events ? [] : rest.filter((name) => !isFeature(name)),
    said: { ignored: [...mapping.ignored] },
    warnings: warningsOf({ ...seen, events, features, unused }, use),
  };
}

/** What the server recognises it as, too; null: what it is stored as. */
export function recognised(facts: TextFacts): FeatureType | null {
  const { type, skip } = inferType(facts);
  if (skip === 'identifier') return skip;
  return type === 'time' || type === 'text' || type === 'boolean' ? type : null;
}
