import { TiltmeterError } from '../contract/errors.ts';
import { FEATURE_NAME } from '../contract/name.ts';
import { type PrivacyRules, protectionInWords } from '../contract/privacy.ts';
import type { TableUse } from '../contract/table.ts';
import type { TextFacts } from '../tables/rules/tally.ts';
import type { RowsSurvey } from '../tables/survey-rows.ts';
import type { TableRow } from '../tables/table-row.ts';
import type { Target } from './events.ts';
import type { Fits } from './fitting-first.ts';
import { withGuesses } from './guess.ts';
import { checkMapping, type Mapping, withNamesakes } from './mapping.ts';
import { type ColumnType, type KnownModel, readCells } from './read-cells.ts';
import { PROFILED } from './reference.ts';
import { type Understood, understand } from './understood.ts';
import { hasValue, unreadTime } from './warnings.ts';

export interface Sending extends Target {
  readonly use: TableUse;
  /** Columns whose type the first value that is sent will set. */
  readonly unsettled: readonly string[];
  readonly fits: Fits;
}

/** How a table will be sent, and what it is taken for. */
export interface Plan {
  readonly sending: Sending;
  readonly understood: Understood;
  /** What each column is represented as. */
  readonly types: ReadonlyMap<string, ColumnType>;
}

/** What a table is to become. */
export interface Asked {
  readonly model: string;
  readonly use: TableUse;
  readonly guess: boolean;
  /** Epoch milliseconds: warnings tell times from other numbers by it, what is sent does not depend on it. */
  readonly now: number;
}

/**
 * Everything that is decided before anything is sent; pure. Whoever brings the table, the same is understood of it.
 * @param sample the first rows.
 * @throws invalid_mapping
 */
export function planImport(
  { rows, columns }: RowsSurvey,
  sample: readonly TableRow[],
  known: KnownModel,
  asked: Mapping,
  { model, use, guess, now }: Asked,
): Plan {
  const readable = withReadableTime(fitting(asked, columns, use, guess), sample);
  const mapping = use === 'reference' ? withFeaturesOf(known, readable, asked) : readable;
  const prediction = mapping.roles.get('prediction');
  const stored = (name: string) => (name === prediction ? '_prediction' : name);
  const settled = [...columns.keys()].flatMap((name) => {
    const type = known.types.get(stored(name));
    return type === undefined ? [] : [[name, type] as const];
  });
  const { cells, fits, types } = readCells(columns, new Map(settled));
  const open = [...cells.keys()].filter(
    (name) => !known.types.has(stored(name)) && !mapping.ignored.has(name),
  );
  return {
    types,
    sending: { model, use, mapping, cells, fits, unsettled: use === 'predictions' ? open : [] },
    understood: {
      ...understand(
        { rows, columns, sample, mapping, now, known: featuresOf(known) },
        use,
        use === 'reference' ? had(valued(types, columns), known) : types,
      ),
      protected: protectedColumns(known.rules ?? [], columns.keys(), mapping),
    },
  };
}

/** What becomes of the values of columns, by the names that they are stored under. */
function protectedColumns(
  rules: PrivacyRules,
  names: Iterable<string>,
  { roles, ignored }: Mapping,
): Record<string, string> {
  const played = new Map([...roles].map(([part, column]) => [column, `_${part}`]));
  const told = [...names]
    .filter((name) => !ignored.has(name))
    .flatMap((name) => {
      const how = protectionInWords(rules, played.get(name) ?? name);
      return how === null ? [] : [[name, how]];
    });
  return Object.fromEntries(told);
}

/** What a model has as a feature is one in its references too, whatever it is called, unless somebody said otherwise. */
function withFeaturesOf(known: KnownModel, mapping: Mapping, asked: Mapping): Mapping {
  const roles = [...mapping.roles].filter(
    ([part, column]) => PROFILED.includes(part) || asked.roles.has(part) || !known.types.has(column),
  );
  return { ...mapping, roles: new Map(roles) };
}

/** Columns with a value: what has none says nothing of what is normal. */
function valued<T>(types: ReadonlyMap<string, T>, columns: RowsSurvey['columns']): ReadonlyMap<string, T> {
  return new Map([...types].filter(([name]) => hasValue(columns.get(name))));
}

const featuresOf = ({ types }: KnownModel) => [...types.keys()].filter((name) => !name.startsWith('_'));

/** Columns that a reference of the model can have: those of the model, once it has some. */
function had<T>(types: ReadonlyMap<string, T>, known: KnownModel): ReadonlyMap<string, T> {
  if (featuresOf(known).length === 0) return types;
  return new Map([...types].filter(([name]) => known.types.has(name)));
}

/** A guess that would have every row refused is none. */
function withReadableTime(mapping: Mapping, sample: readonly TableRow[]): Mapping {
  if (!mapping.guessed.has('time') || unreadTime(mapping, sample) === undefined) return mapping;
  const without = <T>(set: ReadonlySet<T>, one: T) => new Set([...set].filter((each) => each !== one));
  const roles = new Map([...mapping.roles].filter(([role]) => role !== 'time'));
  return { ...mapping, roles, guessed: without(mapping.guessed, 'time') };
}

/** Columns that no event can bring, as the server takes no such name for a feature's. */
function namelessOf({ roles }: Mapping, columns: ReadonlyMap<string, TextFacts>): string[] {
  const taken = new Set(roles.values());
  return [...columns.keys()].filter((name) => !taken.has(name) && !FEATURE_NAME.test(name));
}

function fitting(
  asked: Mapping,
  columns: ReadonlyMap<string, TextFacts>,
  use: TableUse,
  guess: boolean,
): Mapping {
  const names = new Set(columns.keys());
  checkMapping(asked, names);
  const named = withNamesakes(asked, names);
  const guessed = guess ? withGuesses(named, columns) : named;
  const full = { ...guessed, ignored: new Set([...guessed.ignored, ...namelessOf(guessed, columns)]) };
  if (use === 'labels' && !(full.roles.has('label') && full.roles.has('id'))) {
    throw new TiltmeterError(
      'invalid_mapping',
      'labels need a column for the id of their prediction and one for the label',
    );
  }
  return full;
}
