import { gridOfProfile } from '../../models/columns/grids.ts';
import { type ProfiledColumn, storedAnswer } from '../../models/columns/profiled-columns.ts';
import { ofAllAndSegments } from '../beside/statements.ts';
import type { BucketSize } from '../buckets.ts';
import { SCORED_LABELS, TOP_CONFUSION, TOP_LABELS } from '../profile.ts';
import { LABELS } from '../roll-up/held.ts';
import { inPieces } from '../roll-up/pieces.ts';
import { NEVER, type RollUpPlan, type Statement } from '../roll-up/plan.ts';
import { emptied, MADE_BY_LABELS } from '../roll-up/queries/clear-replaced.ts';
import { collectNumbers, collectScoreByLabel, numericProfiles } from '../roll-up/queries/numeric.ts';
import { insertProfiles } from '../roll-up/queries/table.ts';
import { answersWithProbability, classExpressions, labelMode, labelNumbers } from './mode.ts';
import { probabilityLosses } from './probability-sql.ts';
import { classProfiles, errorsByAnswer, labelDelays, labelledRows, labelOrigins } from './queries.ts';
import { labelledQueries, rankingGains } from './ranking-sql.ts';

/** Labels whose scores are kept apart: those that are, and of the rest as many as there is room for. `scoredLabels(['a'], ['b'])` → ['a', 'b'] */
export function scoredLabels(known: readonly string[], seen: readonly string[]): string[] {
  return [...new Set([...known, ...seen])].slice(0, Math.max(SCORED_LABELS, known.length));
}

/** The statements that write what labels add to the profiles of some buckets: residuals for numbers; confusion and scores per label for classes. */
export function labelStatements(
  plan: RollUpPlan,
  sizes: readonly BucketSize[],
  labels: readonly string[],
  values: number,
): Generator<Statement>[] {
  return ofAllAndSegments(plan, values, (part, few) => ofPlan(part, sizes, labels, few));
}

function ofPlan(
  plan: RollUpPlan,
  sizes: readonly BucketSize[],
  labels: readonly string[],
  values: number,
): Generator<Statement> {
  const prediction = storedAnswer(plan.columns);
  // Of a row with probabilities there is a value for each class.
  const each = plan.model.task === 'multiclass' ? values / (1 + labels.length) : values;
  const mode = labelMode(plan.model.task, prediction);
  const draft =
    mode === 'lists'
      ? rankings(plan)
      : mode === 'numeric'
        ? residuals(plan, prediction === 'numeric')
        : classes(plan, prediction, labels);
  return inPieces(plan, sizes, [LABELS], each, () => draft);
}

function rankings(plan: RollUpPlan) {
  const rows = labelledRows(plan.folded, plan.by?.segments);
  return {
    sql: insertProfiles(
      emptied(ofRows(plan), MADE_BY_LABELS),
      numericProfiles(rankingGains(rows, plan.model.ranking_k), true),
      labelledQueries(rows),
      numericProfiles(labelDelays(rows), false),
      labelOrigins(rows),
    ),
    params: {},
  };
}

function residuals(plan: RollUpPlan, comparable: boolean) {
  const wanted = labelNumbers(comparable);
  const names = [...wanted.keys()];
  const grids = names.map((name) => gridOfProfile(plan.grids, name));
  const rows = labelledRows(plan.folded, plan.by?.segments);
  const numbers = collectNumbers(rows, [...wanted.values()]);
  const answers = comparable ? plan.grids.get('_prediction') : undefined;
  return {
    sql: insertProfiles(
      emptied(ofRows(plan), MADE_BY_LABELS),
      numericProfiles(numbers, false),
      ...(answers === undefined ? [] : [numericProfiles(errorsByAnswer(rows), false)]),
      numericProfiles(labelDelays(rows), false),
      labelOrigins(rows),
    ),
    params: {
      n_names: names,
      ...(answers !== undefined && { a_center: answers.center, a_scale: answers.scale }),
      n_centers: grids.map((grid) => grid?.center ?? 0),
      n_scales: grids.map((grid) => grid?.scale ?? 0),
      n_firsts: names.map(() => NEVER),
    },
  };
}

function classes(
  plan: RollUpPlan,
  prediction: ProfiledColumn['type'] | undefined,
  labels: readonly string[],
) {
  const { actual, predicted } = classExpressions(plan.model.task, prediction);
  const rows = labelledRows(plan.folded, plan.by?.segments);
  const scores = collectScoreByLabel({ rows, label: actual, score: scoreOf(plan, prediction) });
  const grid = gridOfProfile(plan.grids, '_score|');
  return {
    sql: insertProfiles(
      emptied(ofRows(plan), MADE_BY_LABELS),
      classProfiles(rows, { actual, predicted, labels: TOP_LABELS, pairs: TOP_CONFUSION }),
      numericProfiles(scores, true),
      ...(plan.model.task === 'multiclass'
        ? [numericProfiles(probabilityLosses(rows, { actual, predicted }), false)]
        : []),
      numericProfiles(labelDelays(rows), false),
      labelOrigins(rows),
    ),
    params: { s_labels: [...labels], s_center: grid?.center ?? 0, s_scale: grid?.scale ?? 0 },
  };
}

const ofRows = ({ by }: RollUpPlan) => (by === undefined ? 'all' : 'segments');

/** A binary model that answers with a number and sends no score answers with its score. */
function scoreOf({ model, grids }: RollUpPlan, prediction: ProfiledColumn['type'] | undefined): string {
  return answersWithProbability(model.task, prediction) && !grids.has('_score')
    ? 'prediction_number'
    : 'score';
}
