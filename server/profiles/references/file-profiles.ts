import { type Grid, gridOf } from '../../../stats/asinh-grid.ts';
import { gridOfProfile } from '../../models/columns/grids.ts';
import type { SchemaColumn } from '../../models/columns/schema.ts';
import type { ModelRow } from '../../store/ledger/schema.ts';
import { categoricalProfile, type MISFIT, numericProfile } from '../compute.ts';
import { labelMode } from '../labels.ts';
import { CONFUSION_SEPARATOR, type Profile, TOP_CONFUSION } from '../profile.ts';
import { numericCells, textCells } from './cells.ts';
import type { FileCell } from './file-rows.ts';

/** The columns of a reference file by what they are, with the types of the model. */
export interface FileColumns {
  readonly features: ReadonlyMap<
    string,
    { readonly cells: readonly FileCell[]; readonly schema: SchemaColumn }
  >;
  readonly score: readonly FileCell[] | undefined;
  readonly label: readonly FileCell[] | undefined;
  readonly rows: number;
  readonly text: boolean;
}

export interface FileProfiles {
  readonly profiles: ReadonlyMap<string, Profile>;
  /** Grids that the model did not have. */
  readonly grids: ReadonlyMap<string, Grid>;
}

type Numbers = (number | null | typeof MISFIT)[];
type Texts = (string | null | typeof MISFIT)[];

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
  const addNumbers = (name: string, cells: Numbers) => {
    let grid = gridOfProfile(known, name);
    if (grid === undefined && cells.some((cell) => typeof cell === 'number')) {
      grid = gridOf(cells.filter((cell) => typeof cell === 'number'));
      known.set(name, grid);
      fresh.set(name, grid);
    }
    profiles.set(name, numericProfile(cells, grid ?? null));
  };
  for (const [name, { cells, schema }] of file.features) {
    if (schema.type === 'numeric') addNumbers(name, numericCells(cells, file.text));
    else profiles.set(name, categoricalProfile(textCells(cells, file.text, schema)));
  }
  const score = file.score === undefined ? undefined : numericCells(file.score, file.text);
  if (score !== undefined) addNumbers('_score', score);
  profiles.set('_all', { ...numericProfile([], null), n: file.rows });
  if (file.label !== undefined) addLabels(file, model, score, profiles, addNumbers);
  return { profiles, grids: fresh };
}

function addLabels(
  file: FileColumns,
  { task }: Pick<ModelRow, 'task'>,
  score: Numbers | undefined,
  profiles: Map<string, Profile>,
  addNumbers: (name: string, cells: Numbers) => void,
): void {
  const prediction = file.features.get('_prediction');
  const numeric =
    prediction?.schema.type === 'numeric' ? numericCells(prediction.cells, file.text) : undefined;
  const labels = textCells(file.label!, file.text, { type: 'categorical', declared: true });
  const labelled = labels.flatMap((label, i) => (typeof label === 'string' ? [i] : []));
  if (labelMode(task, prediction && (numeric ? 'numeric' : 'categorical')) === 'numeric') {
    const truth = numericCells(file.label!, file.text);
    addNumbers(
      '_label',
      labelled.map((i) => truth[i]!),
    );
    const residuals = labelled.flatMap((i) => difference(numeric?.[i], truth[i]));
    if (numeric === undefined) return;
    addNumbers('_residual', residuals);
    addNumbers('_absolute_residual', residuals.map(Math.abs));
    return;
  }
  const probability = task === 'binary' && numeric !== undefined;
  const actual = labels.map((label) => (typeof label === 'string' ? classOf(label, probability) : null));
  profiles.set(
    '_label',
    categoricalProfile(
      labelled.map((i) => actual[i]!),
      TOP_CONFUSION,
    ),
  );
  const predicted: Texts | undefined = numeric
    ? numeric.map((x) => (typeof x === 'number' ? (probability ? (x >= 0.5 ? '1' : '0') : String(x)) : null))
    : prediction && textCells(prediction.cells, file.text, prediction.schema);
  if (predicted !== undefined) {
    const pairs = labelled.flatMap((i) => {
      const guess = predicted[i];
      return typeof guess === 'string' ? [`${actual[i]}${CONFUSION_SEPARATOR}${guess}`] : [];
    });
    profiles.set('_confusion', categoricalProfile(pairs, TOP_CONFUSION));
  }
  const scores = score ?? (probability ? numeric : undefined);
  if (scores !== undefined) addScores(labelled, actual, scores, addNumbers);
}

/** Scores kept apart per label, for the most frequent labels. */
function addScores(
  labelled: readonly number[],
  actual: readonly (string | null)[],
  scores: Numbers,
  addNumbers: (name: string, cells: Numbers) => void,
): void {
  const byLabel = Map.groupBy(labelled, (i) => actual[i]!);
  const frequent = [...byLabel].sort((a, b) => b[1].length - a[1].length).slice(0, SCORED_LABELS);
  for (const [label, rows] of frequent)
    addNumbers(
      `_score|${label}`,
      rows.map((i) => scores[i]!),
    );
}

const SCORED_LABELS = 10;

function classOf(label: string, probability: boolean): string {
  if (!probability) return label;
  return label === 'true' ? '1' : label === 'false' ? '0' : label;
}

function difference(prediction: Numbers[number] | undefined, label: Numbers[number] | undefined): number[] {
  return typeof prediction === 'number' && typeof label === 'number' ? [prediction - label] : [];
}
