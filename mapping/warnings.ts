import { counted } from '../contract/counted.ts';
import { FEATURES_KEPT } from '../contract/model.ts';
import { FEATURE_NAME } from '../contract/name.ts';
import { REFERENCE_ROWS } from '../contract/reference.ts';
import type { TableUse, TableWarning } from '../contract/table.ts';
import { inferType } from '../tables/rules/infer.ts';
import { MISSING_WORDS, textOf } from '../tables/rules/missing.ts';
import type { TextFacts } from '../tables/rules/tally.ts';
import type { TableRow } from '../tables/table-row.ts';
import { epochInWords } from './epoch.ts';
import type { Mapping } from './mapping.ts';
import { timeOf } from './time.ts';

/** A value of the time column that no time is read from, among the first rows; undefined: there is none. */
export function unreadTime({ roles }: Mapping, sample: readonly TableRow[]): string | undefined {
  const column = roles.get('time') ?? '';
  const cells = sample.flatMap((row) => textOf(row[column]) ?? []).filter((text) => !MISSING_WORDS.has(text));
  return cells.find((text) => typeof timeOf(text) !== 'number');
}

/** What there is to know of a table and what it is taken for. */
export interface Seen {
  readonly rows: number;
  readonly columns: ReadonlyMap<string, TextFacts>;
  readonly sample: readonly TableRow[];
  readonly mapping: Mapping;
  /** Rows are events already. */
  readonly events: boolean;
  /** Columns that are features, and what each is. */
  readonly features: readonly { readonly name: string; readonly type: string }[];
  /** Features that the model has already. */
  readonly known: readonly string[];
  /** Columns that are neither a part nor a feature, though nobody said so. */
  readonly unused: readonly string[];
  /** Epoch milliseconds. */
  readonly now: number;
}

/** What is likely not meant, and what to do about it. Pure. */
export function warningsOf(seen: Seen, use: TableUse): TableWarning[] {
  if (use === 'labels' || (use === 'reference' && seen.events)) return [];
  const parts =
    use === 'reference'
      ? lackingOfReference(seen)
      : [...timeWarnings(seen), ...lackingOfRows(seen), ...surplus(seen)];
  const ids = idProposals(seen, use);
  const ofRows = use === 'predictions' ? [...unlikeTheModel(seen), ...repeating(seen)] : [];
  return [...parts, ...ids, ...nameless(seen), ...ofRows];
}

/** A column that likely is the time, and what its numbers would mean then; null where it says so itself. */
interface LikelyTime {
  readonly name: string;
  readonly as: string | null;
}

/** Columns whose values look like times. Numbers do when they would lie between the year 2000 and a year from now. */
function likelyTimes({ columns, mapping, now }: Seen): LikelyTime[] {
  const taken = new Set(mapping.roles.values());
  return [...columns]
    .filter(([name]) => !taken.has(name))
    .flatMap(([name, facts]): LikelyTime[] => {
      if (inferType(facts).type === 'time') return [{ name, as: null }];
      const as = epochInWords(facts, now);
      return as === null ? [] : [{ name, as }];
    })
    .slice(0, 3);
}

function timeWarnings(seen: Seen): TableWarning[] {
  const { mapping, columns, sample } = seen;
  const time = columns.get(mapping.roles.get('time') ?? '');
  if (time === undefined) {
    const likely = likelyTimes(seen);
    const read = likely.flatMap(({ name, as }) => (as === null ? [] : [`; "${name}" would be ${as}`]));
    const message = `no column is the time: every row is stored as of now${read.join('')}`;
    return [{ message, part: 'time', columns: likely.map(({ name }) => name) }];
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
    said.push(general(`${counted(time.missing, 'row')} without a time: stored as of now`));
  return said;
}

function lackingOfRows({ mapping }: Seen): TableWarning[] {
  if (mapping.roles.has('prediction')) return [];
  const message = 'no column is the prediction: its drift and the quality cannot be told';
  return [{ message, part: 'prediction', columns: [] }];
}

const WITHOUT_ID = {
  predictions:
    'no column is the id: rows get ids made of their values, so that labels which come later cannot name them',
  reference:
    'no column is the id: what tells rows apart is taken for a feature, and says nothing of what is normal',
} as const;

/** Where nothing is the id and a feature is unlike in every row, it likely is meant. It is asked, not taken: a row's number begins anew in every file. */
function idProposals({ mapping, columns, features, events }: Seen, use: TableUse): TableWarning[] {
  if (use === 'labels' || events || mapping.roles.has('id')) return [];
  const likely = features.filter(
    ({ name, type }) => type === 'identifier' && tellsRowsApart(columns.get(name)!),
  );
  if (likely.length === 0) return [];
  return [{ message: WITHOUT_ID[use], part: 'id', columns: likely.slice(0, 3).map(({ name }) => name) }];
}

/** An id that comes back would drop all rows but its first. */
export function tellsRowsApart({ n, missing, distinct }: TextFacts): boolean {
  return missing === 0 && distinct >= 0.97 * n;
}

/** What the model has and the table does not: all of it, and likely the table is of another model. A reference tells what it lacks itself. */
function unlikeTheModel({ known, features, events }: Seen): TableWarning[] {
  const here = new Set(features.map(({ name }) => name));
  const lacking = known.filter((name) => !here.has(name));
  if (lacking.length === 0 || events) return [];
  const named =
    lacking.slice(0, 10).join(', ') + (lacking.length > 10 ? ` and ${lacking.length - 10} more` : '');
  if (lacking.length < known.length)
    return [general(`the model has features that the table does not have, which will be missing: ${named}`)];
  return [
    general(`no column is a feature that the model has (${named}): likely the table is of another model`),
  ];
}

/** Columns beyond those that a model keeps. */
function surplus({ features }: Seen): TableWarning[] {
  if (features.length <= FEATURES_KEPT) return [];
  const kept = FEATURES_KEPT.toLocaleString('en-US');
  return [
    general(
      `${counted(features.length, 'column')} are features, and a model keeps ${kept}: values of those beyond are left out. Leave out yourself what nobody watches`,
    ),
  ];
}

const NEEDED = {
  prediction: 'its drift is compared with nothing',
  label:
    'quality stays compared with the newest reference that has labels, else with the first labelled weeks',
  score: 'what is measured by scores (ROC AUC) stays compared with the newest reference that has them',
} as const;

/** Of a reference rows have no time; but what it does not have is compared with nothing. */
function lackingOfReference(seen: Seen): TableWarning[] {
  const { rows, columns, features } = seen;
  const { roles } = seen.mapping;
  const few = `a reference needs at least ${REFERENCE_ROWS} rows, and this table has ${rows}: it is refused`;
  const scores = likelyScores(seen);
  // Whether the model has scores the table does not know: it is asked for where one lies there unused, beside labels.
  const asked = roles.has('label') && (roles.has('score') || scores.length > 0);
  const needed = [...(['prediction', 'label'] as const), ...(asked ? (['score'] as const) : [])];
  const parts = needed.flatMap((part): TableWarning[] => {
    const column = roles.get(part);
    if (column === undefined) {
      const likely = part === 'score' ? scores : [];
      return [{ message: `no column is the ${part}: ${NEEDED[part]}`, part, columns: likely }];
    }
    if (hasValue(columns.get(column))) return [];
    return [general(`"${column}", which is the ${part}, has no value: ${NEEDED[part]}`)];
  });
  return [
    ...(rows < REFERENCE_ROWS ? [general(few)] : []),
    ...parts,
    ...(features.length === 0
      ? [general('no column is a feature: drift of inputs is compared with nothing')]
      : []),
  ];
}

/** Columns left over whose numbers are all between 0 and 1, and not only these. */
function likelyScores({ columns, unused }: Seen): string[] {
  return unused
    .filter((name) => {
      const { numbers, integers, missing, n, min, max } = columns.get(name)!;
      return (
        min !== null && max !== null && min >= 0 && max <= 1 && numbers === n - missing && integers < numbers
      );
    })
    .slice(0, 3);
}

/** Whether at least one row has a value of it. */
export function hasValue(facts: TextFacts | undefined): boolean {
  return facts !== undefined && facts.missing < facts.n;
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

function general(message: string): TableWarning {
  return { message, part: null, columns: [] };
}
