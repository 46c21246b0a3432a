import { type Grid, gridIndex, gridOf } from '../../../../stats/asinh-grid.ts';
import { gridOfProfile } from '../../../models/columns/grids.ts';
import type { ModelRow } from '../../../store/ledger/schema.ts';
import { categoricalProfile, countedProfile, numericProfile, withCodes } from '../../compute.ts';
import { labelMode } from '../../labels/mode.ts';
import {
  answerBand,
  CONFUSION_SEPARATOR,
  ERROR_AT,
  LABEL_RESIDUAL,
  LABEL_SQUARED_RESIDUAL,
  PERCENTAGE_ERROR,
  type Profile,
  SCORED_LABELS,
  TOP_CONFUSION,
  TOP_LABELS,
} from '../../profile.ts';
import type { NumberCell, NumberCells, TextCell } from './cells.ts';
import type { FeatureCells, FileColumns } from './read-columns.ts';

export interface FileProfiles {
  readonly profiles: ReadonlyMap<string, Profile>;
  /** Grids that the model did not have. */
  readonly grids: ReadonlyMap<string, Grid>;
}

/**
 * The profiles of a file, under the same names and with the same rules as those of the roll-up, labels included.
 * `grids`: the model's frozen ones; a numeric column without one gets its grid here.
 */
export function fileProfiles(
  file: FileColumns,
  model: Pick<ModelRow, 'task'>,
  grids: ReadonlyMap<string, Grid>,
): FileProfiles {
  const known = new Map(grids);
  const fresh = new Map<string, Grid>();
  const profiles = new Map<string, Profile>();
  const addNumbers: AddNumbers = (name, cells) => {
    let grid = gridOfProfile(known, name);
    if (grid === undefined) {
      const numbers = Float64Array.from(finite(cells));
      if (numbers.length > 0) {
        grid = gridOf(numbers);
        known.set(name, grid);
        fresh.set(name, grid);
      }
    }
    profiles.set(name, numericProfile(cells, grid ?? null));
  };
  for (const [name, cells] of file.features) {
    if ('numbers' in cells) {
      addNumbers(name, cells.numbers);
      profiles.set(name, withCodes(profiles.get(name)!, cells.numbers));
    } else profiles.set(name, countedProfile(cells.texts.tally()));
  }
  if (file.score !== undefined) addNumbers('_score', file.score);
  profiles.set('_all', { ...numericProfile([], null), n: file.rows });
  if (file.label !== undefined) addLabels(file, file.label, model, profiles, known, addNumbers);
  return { profiles, grids: fresh };
}

type AddNumbers = (name: string, cells: Iterable<NumberCell>) => void;

function* finite(cells: Iterable<NumberCell>): Generator<number> {
  for (const cell of cells) if (typeof cell === 'number') yield cell;
}

function addLabels(
  file: FileColumns,
  { texts, numbers }: NonNullable<FileColumns['label']>,
  { task }: Pick<ModelRow, 'task'>,
  profiles: Map<string, Profile>,
  grids: ReadonlyMap<string, Grid>,
  addNumbers: AddNumbers,
): void {
  const prediction = file.features.get('_prediction');
  const numeric = prediction && 'numbers' in prediction ? prediction.numbers : undefined;
  const labelled: number[] = [];
  for (let i = 0; i < texts.length; i++) if (typeof texts.at(i) === 'string') labelled.push(i);
  if (labelMode(task, prediction && (numeric ? 'numeric' : 'categorical')) === 'numeric') {
    addNumbers(
      '_label',
      labelled.map((i) => numbers.at(i)),
    );
    if (numeric === undefined) return;
    const residuals = labelled.flatMap((i) => difference(numeric.at(i), numbers.at(i)));
    addNumbers('_residual', residuals);
    addNumbers('_absolute_residual', residuals.map(Math.abs));
    const shares = labelled.flatMap((i) => percentageError(numeric.at(i), numbers.at(i)));
    profiles.set(PERCENTAGE_ERROR, numericProfile(shares, null));
    const by = (power: 1 | 2) => labelled.flatMap((i) => labelTimes(numeric.at(i), numbers.at(i), power));
    profiles.set(LABEL_RESIDUAL, numericProfile(by(1), null));
    profiles.set(LABEL_SQUARED_RESIDUAL, numericProfile(by(2), null));
    const grid = gridOfProfile(grids, '_prediction');
    if (grid !== undefined) addErrors(labelled, { numeric, numbers }, grid, profiles);
    return;
  }
  const probability = task === 'binary' && numeric !== undefined;
  const actual = (i: number) => classOf(texts.at(i) as string, probability);
  profiles.set('_label', categoricalProfile(labelled.map(actual), TOP_LABELS));
  const predicted = predictedClass(prediction, probability);
  if (predicted !== undefined) {
    const pairs: string[] = [];
    let right = 0;
    for (const i of labelled) {
      const guess = predicted(i);
      if (typeof guess !== 'string') continue;
      pairs.push(`${actual(i)}${CONFUSION_SEPARATOR}${guess}`);
      if (guess === actual(i)) right++;
    }
    profiles.set('_confusion', { ...categoricalProfile(pairs, TOP_CONFUSION), sum: right });
  }
  const scores = file.score ?? (probability ? numeric : undefined);
  if (scores !== undefined) addScores(labelled, actual, scores, addNumbers);
}

/** How far off the answers of each band were. */
function addErrors(
  labelled: readonly number[],
  { numeric, numbers }: { readonly numeric: NumberCells; readonly numbers: NumberCells },
  grid: Grid,
  profiles: Map<string, Profile>,
): void {
  const bands = new Map<number, number[]>();
  for (const i of labelled) {
    const answer = numeric.at(i);
    const [residual] = difference(answer, numbers.at(i));
    if (typeof answer !== 'number' || residual === undefined) continue;
    const band = answerBand(gridIndex(answer, grid));
    const errors = bands.get(band) ?? [];
    errors.push(Math.abs(residual));
    bands.set(band, errors);
  }
  for (const [band, errors] of bands) profiles.set(ERROR_AT + band, numericProfile(errors, null));
}

/** The class that a row was predicted to be: a probability from 0.5 on is class 1. */
function predictedClass(
  prediction: FeatureCells | undefined,
  probability: boolean,
): ((i: number) => TextCell) | undefined {
  if (prediction === undefined) return undefined;
  if (!('numbers' in prediction)) return (i) => prediction.texts.at(i);
  return (i) => {
    const x = prediction.numbers.at(i);
    if (typeof x !== 'number') return null;
    return probability ? (x >= 0.5 ? '1' : '0') : String(x);
  };
}

/** Scores kept apart per label, for the most frequent labels. */
function addScores(
  labelled: readonly number[],
  actual: (i: number) => string,
  scores: NumberCells,
  addNumbers: AddNumbers,
): void {
  const byLabel = Map.groupBy(labelled, actual);
  const frequent = [...byLabel].sort((a, b) => b[1].length - a[1].length).slice(0, SCORED_LABELS);
  for (const [label, rows] of frequent)
    addNumbers(
      `_score|${label}`,
      rows.map((i) => scores.at(i)),
    );
}

function classOf(label: string, probability: boolean): string {
  if (!probability) return label;
  return label === 'true' ? '1' : label === 'false' ? '0' : label;
}

function difference(prediction: NumberCell, label: NumberCell): number[] {
  return typeof prediction === 'number' && typeof label === 'number' ? [prediction - label] : [];
}

/** As the roll-up counts it: a label of 0 has none. */
function percentageError(prediction: NumberCell, label: NumberCell): number[] {
  return label === 0
    ? []
    : difference(prediction, label).map((by) => Math.min(1e150, Math.abs(by / (label as number))));
}

/** The label times a power of the residual, as the roll-up bounds it. */
function labelTimes(prediction: NumberCell, label: NumberCell, power: 1 | 2): number[] {
  return difference(prediction, label).map((by) =>
    Math.max(-1e150, Math.min(1e150, (label as number) * by ** power)),
  );
}
