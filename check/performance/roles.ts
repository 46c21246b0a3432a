import { TiltmeterError } from '../../contract/errors.ts';
import type { Engine } from '../../tables/engine/engine.ts';
import { inferType } from '../../tables/rules/infer.ts';
import type { CheckOptions } from '../options.ts';
import { type ColumnSurvey, survey } from '../survey.ts';
import type { Table } from '../table/table.ts';

/** What a model is asked: one of two classes, one of several, or a number. */
export type Task = 'binary' | 'multiclass' | 'regression';

/** The columns that play a part, and the task that they show. */
export interface Roles {
  readonly task: Task;
  readonly label?: string;
  readonly prediction?: string;
  readonly score?: string;
}

/** Labels of at most this many whole numbers are classes. */
const MOST_CLASSES = 20;

/**
 * Task and parts from what the user named, or null when nothing can be measured: a label and a prediction or a score are
 * needed, or a score alone where the reference has labels.
 */
export async function findRoles(
  engine: Engine,
  tables: readonly [Table, Table],
  { label, prediction, score, task }: Pick<CheckOptions, 'label' | 'prediction' | 'score' | 'task'>,
): Promise<Roles | null> {
  if (label === undefined || (prediction === undefined && score === undefined)) return null;
  const said = await surveyOf(engine, tables, label);
  const predicted = prediction === undefined ? null : await surveyOf(engine, tables, prediction);
  const found = task ?? taskOf(said, predicted);
  if (found === 'regression') {
    // A regression's score is its prediction.
    const column = prediction ?? score!;
    return { task: found, label, prediction: column };
  }
  // A prediction of two classes given as a probability is a score.
  const isScore = found === 'binary' && score === undefined && predicted !== null && isContinuous(predicted);
  if (isScore) return { task: found, label, score: prediction! };
  return {
    task: found,
    label,
    ...(prediction === undefined ? {} : { prediction }),
    ...(score === undefined || found === 'multiclass' ? {} : { score }),
  };
}

async function surveyOf(
  engine: Engine,
  tables: readonly [Table, Table],
  name: string,
): Promise<ColumnSurvey> {
  for (const table of tables) {
    const column = table.columns.find((each) => each.name === name);
    if (column) return (await survey(engine, table, [column], 'spread')).get(name)!;
  }
  throw new TiltmeterError('invalid_option', `there is no column "${name}"`);
}

function taskOf(label: ColumnSurvey, prediction: ColumnSurvey | null): Task {
  if (label.distinct <= 2) return 'binary';
  const classes = label.distinct <= MOST_CLASSES && label.integers === label.numbers;
  const numeric = inferType(label).type === 'numeric';
  if (numeric && !classes) return 'regression';
  return numeric && prediction !== null && isContinuous(prediction) ? 'regression' : 'multiclass';
}

function isContinuous(survey: ColumnSurvey): boolean {
  return survey.numbers > 0 && (survey.distinct > MOST_CLASSES || survey.integers < survey.numbers);
}
