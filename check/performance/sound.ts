import { TiltmeterError } from '../../contract/errors.ts';
import { nearest } from '../../tables/nearest.ts';
import type { SampledColumn } from '../rows.ts';
import { texts } from './classes.ts';
import type { Roles } from './roles.ts';
import type { LabelledTable } from './rows.ts';

/** How two spellings of yes and no are one, where labels and predictions have no word in common. */
const YES_OR_NO: Readonly<Record<string, string>> = {
  ...Object.fromEntries(['1', 'true', 'yes', 'y', 't', 'positive', 'pos'].map((word) => [word, '1'])),
  ...Object.fromEntries(['0', 'false', 'no', 'n', 'f', 'negative', 'neg', '-1'].map((word) => [word, '0'])),
};

/** How the columns of both tables are to be read so that no metric is made of what does not go together. */
export interface Sound {
  /** The table with its columns spelt alike, without those that say nothing. */
  read(rows: LabelledTable): LabelledTable;
  /** The positive class as the columns are spelt then. */
  readonly positive: string | undefined;
  /** What was left out, and why. */
  readonly reasons: readonly string[];
}

/**
 * Decides from both tables' rows how they are read. `yes` and `1` are the same where labels and predictions have no word in
 * common; predictions that are no label's class are left out, as are scores and predictions that hold no number.
 * @param given the positive class as the user named it.
 * @throws invalid_option when no label is of that class.
 */
export function soundRows(
  roles: Roles,
  tables: readonly [LabelledTable, LabelledTable],
  given?: string,
): Sound {
  const classes = roles.task !== 'regression';
  const labels = wordsOf(tables, ({ label }) => label);
  const predictions = wordsOf(tables, ({ prediction }) => prediction);
  const apart = classes && predictions.size > 0 && labels.size > 0 && disjoint(labels, predictions);
  const alike = apart && [...labels, ...predictions].every((word) => Object.hasOwn(YES_OR_NO, word));
  const positive = given === undefined ? undefined : classOf(given, labels, alike);
  const dumbScore = classes && isDumb(tables, ({ score }) => score);
  const dumbNumbers =
    !classes && (isDumb(tables, ({ label }) => label) || isDumb(tables, ({ prediction }) => prediction));
  const reasons = [
    ...(apart && !alike ? ['no prediction is equal to any label: are they spelt differently?'] : []),
    ...(dumbScore ? ['the score holds no numbers'] : []),
    ...(dumbNumbers ? ['the label or the prediction holds no numbers'] : []),
  ];
  return {
    positive,
    reasons,
    read: ({ label, prediction, score, ...rest }) => ({
      ...rest,
      ...(label && { label: alike ? asYesOrNo(label) : label }),
      ...(prediction &&
        !dumbNumbers &&
        (alike || !apart) && { prediction: alike ? asYesOrNo(prediction) : prediction }),
      ...(score && !dumbScore && { score }),
    }),
  };
}

function wordsOf(
  tables: readonly LabelledTable[],
  of: (table: LabelledTable) => SampledColumn | undefined,
): Set<string> {
  return new Set(tables.flatMap((table) => texts(of(table)).filter((word) => word !== null)));
}

function disjoint(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return ![...b].some((word) => a.has(word));
}

/** Whether the column is there and holds no finite number in either table. */
function isDumb(
  tables: readonly LabelledTable[],
  of: (table: LabelledTable) => SampledColumn | undefined,
): boolean {
  const columns = tables.map(of).filter((column) => column !== undefined);
  return (
    columns.length > 0 &&
    !columns.some((column) => Array.from<unknown>(column).some((x) => Number.isFinite(x)))
  );
}

function asYesOrNo(column: SampledColumn): (string | null)[] {
  return texts(column).map((word) => (word === null ? null : YES_OR_NO[word]!));
}

/** A class as the tables' own are read. */
function classOf(given: string, labels: ReadonlySet<string>, alike: boolean): string {
  const word = given.trim().toLowerCase().replace(/\.0$/, '');
  if (labels.size > 0 && !labels.has(word)) {
    const near = nearest(word, [...labels]);
    const known = [...labels].sort().slice(0, 5).join(', ');
    throw new TiltmeterError(
      'invalid_option',
      `positive: no label is "${given}"${near === undefined ? `; there are ${known}` : `; did you mean "${near}"?`}`,
    );
  }
  return alike ? (YES_OR_NO[word] ?? word) : word;
}
