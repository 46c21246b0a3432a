import { identifier } from '../../tables/identifier.ts';
import { gridOfProfile } from '../models/columns/grids.ts';
import { classExpressions, labelMode, residualExpressions } from './labels.ts';
import { NEVER, type RollUpPlan, type Statement } from './plan.ts';
import { TOP_CONFUSION } from './profile.ts';
import { rollUpCategorical } from './queries/roll-up-categorical.ts';
import { collectNumbers, collectScoreByLabel, rollUpNumeric } from './queries/roll-up-numeric.ts';
import { labelledRows } from './queries/sources.ts';

type Draft = Pick<Statement, 'sql' | 'params'>;

/** Labels whose scores are kept apart, per bucket. */
const SCORED_LABELS = 10;

/** What labels add to the profiles: residuals for numbers; confusion and scores per label for classes. */
export function labelStatements(table: string, plan: RollUpPlan): Draft[] {
  const prediction = plan.columns.find(({ name }) => name === '_prediction');
  return labelMode(plan.model.task, prediction?.type) === 'numeric'
    ? [residuals(table, plan, prediction?.type === 'numeric')]
    : [classes(table, plan), scoreByLabel(table, plan)];
}

function residuals(table: string, plan: RollUpPlan, comparable: boolean): Draft {
  const wanted = new Map([['_label', 'label_number'], ...(comparable ? residualExpressions() : [])]);
  const names = [...wanted.keys()];
  const grids = names.map((name) => gridOfProfile(plan.grids, name));
  const rows = labelledRows(table, comparable ? [identifier('_prediction')] : []);
  return {
    sql: rollUpNumeric(collectNumbers(rows, [...wanted.values()]), false),
    params: {
      names,
      centers: grids.map((grid) => grid?.center ?? 0),
      scales: grids.map((grid) => grid?.scale ?? 0),
      firsts: names.map(() => NEVER),
    },
  };
}

function classes(table: string, plan: RollUpPlan): Draft {
  const prediction = plan.columns.find(({ name }) => name === '_prediction');
  const { predicted, actual } = classExpressions(plan.model.task, prediction?.type ?? 'categorical');
  const wanted = new Map([['_label', actual]]);
  if (prediction !== undefined) wanted.set('_confusion', `concat(${actual}, '\\x1f', ${predicted})`);
  const names = [...wanted.keys()];
  return {
    sql: rollUpCategorical({
      rows: labelledRows(table, prediction === undefined ? [] : [identifier('_prediction')]),
      values: [...wanted.values()],
      keep: TOP_CONFUSION,
      countsMissing: false,
    }),
    params: { names, firsts: names.map(() => NEVER) },
  };
}

function scoreByLabel(table: string, plan: RollUpPlan): Draft {
  const prediction = plan.columns.find(({ name }) => name === '_prediction');
  const { actual } = classExpressions(plan.model.task, prediction?.type ?? 'categorical');
  const score = scoreColumn(plan, prediction?.type);
  const collected = collectScoreByLabel({
    rows: labelledRows(table, [score]),
    label: actual,
    score,
    labels: SCORED_LABELS,
  });
  const grid = gridOfProfile(plan.grids, '_score|');
  return {
    sql: rollUpNumeric(collected, true),
    params: { center: grid?.center ?? 0, scale: grid?.scale ?? 0 },
  };
}

/** A binary model that answers with a number and sends no score answers with its score. */
function scoreColumn(plan: RollUpPlan, prediction: string | undefined): string {
  const answersWithScore =
    plan.model.task === 'binary' && prediction === 'numeric' && !plan.grids.has('_score');
  return answersWithScore ? identifier('_prediction') : '_score';
}
