import { FEATURE_NAME } from '../../contract/name.ts';
import type { TextFacts } from '../../tables/rules/tally.ts';
import type { RowsSurvey } from '../../tables/survey-rows.ts';
import type { TableRow } from '../../tables/table-row.ts';
import { Misuse } from '../failure.ts';
import { withGuesses } from './guess.ts';
import { checkMapping, type Mapping, withNamesakes } from './mapping.ts';
import { type KnownModel, readCells } from './read-cells.ts';
import type { Sending } from './send.ts';
import { type Kind, type Understood, understand, unreadTime } from './understood.ts';

/** How a table will be sent, and what it is taken for. */
export interface Plan {
  readonly sending: Sending;
  readonly understood: Understood;
}

/** Everything that is decided before anything is sent; misuse is said here. Pure. @param sample the first rows. */
export function planImport(
  { rows, columns }: RowsSurvey,
  sample: readonly TableRow[],
  known: KnownModel,
  asked: Mapping,
  { model, kind, guess }: { readonly model: string; readonly kind: Kind; readonly guess: boolean },
): Plan {
  const mapping = withReadableTime(fitting(asked, columns, kind, guess), sample);
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
    sending: { model, kind, mapping, cells, fits, unsettled: kind === 'predictions' ? open : [] },
    understood: understand(rows, columns, sample, mapping, kind, types),
  };
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
  kind: Kind,
  guess: boolean,
): Mapping {
  const names = new Set(columns.keys());
  checkMapping(asked, names);
  const named = withNamesakes(asked, names);
  const guessed = guess ? withGuesses(named, columns) : named;
  const full = { ...guessed, ignored: new Set([...guessed.ignored, ...namelessOf(guessed, columns)]) };
  if (kind === 'labels' && !(full.roles.has('label') && full.roles.has('id'))) {
    throw new Misuse('Labels need the id of their prediction', 'Add --map id=COLUMN,label=COLUMN.');
  }
  return full;
}
