import { identifier } from '../store/lake/identifier.ts';
import type { Chunk } from './chunks.ts';
import { gridOfProfile } from './grids.ts';
import { classExpressions, labelMode, residualExpressions } from './labels.ts';
import { chunkParams, NEVER, namesAndFirsts, type RollUpPlan, type Statement } from './plan.ts';
import { TOP_CATEGORIES, TOP_CONFUSION } from './profile.ts';
import { rollUpCategorical } from './queries/roll-up-categorical.ts';
import { collectColumns, collectScoreByLabel, rollUpNumeric } from './queries/roll-up-numeric.ts';
import { labelledRows } from './queries/sources.ts';

/** Labels whose scores are kept apart, per bucket. */
const SCORED_LABELS = 10;

/** What labels add to the profiles: residuals for numbers; confusion and scores per label for classes. */
export function labelStatements(table: string, plan: RollUpPlan, chunk: Chunk): Statement[] {
  const prediction = plan.columns.find(({ name }) => name === '_prediction');
  const statements =
    labelMode(plan.model.task, prediction?.type) === 'numeric'
      ? [residuals(table, plan, prediction?.type === 'numeric')]
      : [classes(table, plan), scoreByLabel(table, plan)];
  const common = chunkParams(plan.model, chunk);
  return statements.map(({ sql, params }) => ({ sql, params: { ...common, ...params } }));
}

function residuals(table: string, plan: RollUpPlan, comparable: boolean): Statement {
  const wanted = new Map([['_label', 'label_number'], ...(comparable ? residualExpressions() : [])]);
  const names = [...wanted.keys()];
  const grids = names.map((name) => gridOfProfile(plan.grids, name));
  const collected = collectColumns({
    rows: labelledRows(table, comparable ? [identifier('_prediction')] : []),
    values: [...wanted.values()],
    countsMissing: false,
  });
  return {
    sql: rollUpNumeric(collected),
    params: {
      names,
      centers: grids.map((grid) => grid?.center ?? 0),
      scales: grids.map((grid) => grid?.scale ?? 0),
      firsts: names.map(() => NEVER),
    },
  };
}

function classes(table: string, plan: RollUpPlan): Statement {
  const prediction = plan.columns.find(({ name }) => name === '_prediction');
  const { predicted, actual } = classExpressions(plan.model.task, prediction?.type ?? 'categorical');
  const label = {
    k: 0,
    rows: labelledRows(table, []),
    value: actual,
    keep: TOP_CATEGORIES,
    countsMissing: false,
  };
  const confusion = {
    k: 1,
    rows: labelledRows(table, [identifier('_prediction')]),
    value: `concat(${actual}, '\\x1f', ${predicted})`,
    keep: TOP_CONFUSION,
    countsMissing: false,
  };
  const names = prediction === undefined ? ['_label'] : ['_label', '_confusion'];
  return {
    sql: rollUpCategorical([label, confusion].slice(0, names.length)),
    params: namesAndFirsts(names, new Map()),
  };
}

function scoreByLabel(table: string, plan: RollUpPlan): Statement {
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
  return { sql: rollUpNumeric(collected), params: { center: grid?.center ?? 0, scale: grid?.scale ?? 0 } };
}

/** A binary model that answers with a number and sends no score answers with its score. */
function scoreColumn(plan: RollUpPlan, prediction: string | undefined): string {
  const answersWithScore =
    plan.model.task === 'binary' && prediction === 'numeric' && !plan.grids.has('_score');
  return answersWithScore ? identifier('_prediction') : '_score';
}
