import { storedAnswer } from '../../models/columns/profiled-columns.ts';
import type { LocatedPage } from '../beside/queries.ts';
import { goRoad, type Road } from '../beside/road.ts';
import { CLASSES, SCORED_LABELS } from '../profile.ts';
import { LABELS } from '../roll-up/held.ts';
import { chunkParams } from '../roll-up/plan.ts';
import { planOf, type Run, write } from '../roll-up/run.ts';
import { settleLabelGrids } from './grids.ts';
import { classExpressions, labelMode } from './mode.ts';
import {
  frequentLabels,
  LABEL_STRETCH,
  LABELLED,
  LABELLED_ROWS,
  LABELS_BESIDE,
  leadingLabels,
} from './queries.ts';
import { labelStatements, scoredLabels } from './statements.ts';

/** Rows that one statement takes on. */
const VALUES = 500_000;

const background = { background: true };

const ROAD: Road = {
  beside: LABELS_BESIDE,
  held: LABELS,
  stretch: LABEL_STRETCH,
  rows: ({ predictions, labels }) => predictions + labels,
  again: settleLabelGrids,
  located: (run) => ({ table: LABELLED, name: actualOf(run), column: '_label', apart: CLASSES }),
  stored: LABELLED_ROWS,
  async write(run, page, sizes, profiled) {
    const { done } = run;
    for (const [i, { bucket }] of sizes.entries())
      if (!done.labels.has(bucket)) done.labels.set(bucket, profiled[i]!);
    const buckets = sizes.map(({ bucket }) => bucket);
    const labels = await labelsApart(run, page, buckets);
    done.apart = labels;
    if (ofClasses(run)) done.classes = [...new Set([...done.classes, ...page.names])];
    await write(run, ...labelStatements(planOf(run), sizes, labels, VALUES));
  },
};

/** Counts the labels that came since the last time, once it is time for them. `everything`: of all buckets that have labels. */
export function rollUpLabels(run: Run, arrivals: boolean, everything: boolean): Promise<void> {
  return goRoad(run, ROAD, arrivals, everything);
}

const ofClasses = ({ model, columns }: Run) => labelMode(model.task, storedAnswer(columns)) === 'classes';

function actualOf(run: Run): string {
  return classExpressions(run.model.task, storedAnswer(run.columns)).actual;
}

/** Labels of the model whose scores are kept apart: those that are, and the most frequent others while there is room. */
async function labelsApart(run: Run, page: LocatedPage, buckets: readonly number[]): Promise<string[]> {
  const { done } = run;
  const scored = [...run.known.keys()].filter((name) => name.startsWith(SCORE));
  const known = [...new Set([...scored.map((name) => name.slice(SCORE.length)), ...done.apart])];
  const all = new Set([...known, ...page.names]);
  const pair = all.size > 2 && all.size > known.length ? await twoClasses(run) : null;
  if (pair !== null && known.every((label) => pair.includes(label))) return pair;
  if (all.size <= SCORED_LABELS || known.length >= SCORED_LABELS) return scoredLabels(known, page.names);
  const rows = await run.ctx.lake.query<{ actual: string }>(
    frequentLabels(actualOf(run)),
    { ...chunkParams(run.model, { buckets }), most: SCORED_LABELS },
    background,
  );
  return scoredLabels(
    known,
    rows.map(({ actual }) => actual),
  );
}

/** Share of the rows that two labels have together when any other is a slip of a sender, not a class. */
const NEARLY_ALL = 0.99;

/** The two labels that nearly all rows have; null where there are more classes. A single stray label makes no third one. */
async function twoClasses(run: Run): Promise<string[] | null> {
  const { id: model, task } = run.model;
  if (task === 'multiclass') return null;
  const rows = await run.ctx.lake.query<{ actual: string; n: number; total: number }>(
    leadingLabels(actualOf(run)),
    { model },
    background,
  );
  const n = rows.reduce((sum, row) => sum + Number(row.n), 0);
  return rows.length === 2 && n >= NEARLY_ALL * Number(rows[0]!.total)
    ? rows.map(({ actual }) => actual)
    : null;
}

const SCORE = '_score|';
