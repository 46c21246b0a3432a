import { storedAnswer } from '../../models/columns/profiled-columns.ts';
import { countFound, locate } from '../beside/locate.ts';
import type { BucketSize } from '../buckets.ts';
import type { Rewrite } from '../heads/profile-head.ts';
import { SCORED_LABELS } from '../profile.ts';
import { keptFrom } from '../roll-up/before.ts';
import { EVERY_BUCKET, LABELS } from '../roll-up/held.ts';
import { dueLooks, withLook } from '../roll-up/looks.ts';
import type { Stretch } from '../roll-up/open-columns.ts';
import { chunkParams } from '../roll-up/plan.ts';
import { monthOf } from '../roll-up/resize.ts';
import { noteRewritten, planOf, type Run, write } from '../roll-up/run.ts';
import { settleLabelGrids } from './grids.ts';
import { classExpressions } from './mode.ts';
import {
  frequentLabels,
  LABEL_STRETCH,
  LABELLED_ROWS,
  LABELS_BESIDE,
  type LabelPageRow,
  type LabelStretch,
  labelPage,
  leadingLabels,
} from './queries.ts';
import { settlesAt } from './settle.ts';
import { labelStatements, scoredLabels } from './statements.ts';

/** Buckets that are worked on at once. */
const PAGE = 10_000;
/** Rows that one statement takes on. */
const VALUES = 500_000;

const background = { background: true };

/**
 * Counts the labels that came since the last time, once it is time for them: puts them beside their predictions, then
 * writes anew what labels add to the buckets of these. `everything`: of all buckets that have labels.
 */
export async function rollUpLabels(run: Run, arrivals: boolean, everything: boolean): Promise<void> {
  const { done, revision, model } = run;
  await takeStretches(run, arrivals);
  const { lookedUp, to } = done.beside.labels;
  if (lookedUp > 0 && to === run.head.labelled_to) await countFound(run, LABELS_BESIDE);
  const opened = await settleLabelGrids(run);
  if (!done.beside.labels.located && opened === null && !everything) return rollUpHeld(run);
  const since = everything ? 0 : (opened ?? revision);
  for (let after = 0; ; ) {
    const page = await readPage(run, since, after, PAGE);
    if (page === undefined || page.buckets.length === 0) break;
    await rollUpPage(run, page);
    if (page.buckets.length < PAGE) break;
    after = page.buckets.at(-1)! + model.bucket_ms;
  }
  await rollUpHeld(run);
}

/** Tries what failed before. */
async function rollUpHeld(run: Run): Promise<void> {
  const due = run.held.filter(({ name, next }) => name === LABELS && next <= run.now);
  for (const { bucket } of due) {
    if (bucket === EVERY_BUCKET || run.done.rewrites.some((each) => covers(each, bucket))) continue;
    const page = await readPage(run, 0, bucket, 1);
    if (page?.buckets[0] === bucket) await rollUpPage(run, page);
  }
}

const covers = ({ from, to, what }: Rewrite, bucket: number) =>
  what === 'labels' && from <= bucket && bucket < to;

/** Finds the predictions of new labels, and of those of a stretch that looks otherwise at a second look. */
async function takeStretches(run: Run, arrivals: boolean): Promise<void> {
  const { head, to, now, done, looks } = run;
  const { due, rest } = dueLooks(looks.labels, now);
  done.looks.labels = rest;
  let since = run.splitAnew ? 0 : arrivals ? head.labelled_to : to;
  let changed = run.splitAnew;
  // All of them are put beside their predictions anew, and counted.
  if (run.splitAnew) done.beside.labels.waiting = 0;
  for (const look of due) {
    if ((await readStretch(run, look)).checksum === look.seen) continue;
    changed = true;
    // From there on: newer labels of the same predictions hold.
    since = Math.min(since, look.since);
  }
  if (since >= to) return;
  const stretch = { since, until: to };
  const { n, oldest, checksum } = await readStretch(run, stretch);
  const settles = settlesAt({ labels: n, rows: head.predictions + head.labels, oldest });
  if (n > 0 && !changed && settles > to) {
    done.next.push(settles);
    return;
  }
  if (n > 0) await locate(run, LABELS_BESIDE, stretch, n);
  done.beside.labels.to = to;
  done.looks.labels = withLook(done.looks.labels, { ...stretch, seen: checksum });
}

async function readStretch(run: Run, { since, until }: Stretch): Promise<LabelStretch> {
  const params = { model: run.model.id, came_since: since, came_until: until };
  const [row] = await run.ctx.lake.query<LabelStretch>(LABEL_STRETCH, params, background);
  return row ?? { n: 0, oldest: 0, checksum: '0' };
}

async function readPage(
  run: Run,
  located_since: number,
  after: number,
  page: number,
): Promise<LabelPageRow | undefined> {
  await run.ctx.turn();
  const { id: model, bucket_ms } = run.model;
  const [row] = await run.ctx.lake.query<LabelPageRow>(
    labelPage(actualOf(run), SCORED_LABELS),
    { model, bucket_ms, located_since, after, page },
    background,
  );
  return row;
}

function actualOf(run: Run): string {
  return classExpressions(run.model.task, storedAnswer(run.columns)).actual;
}

async function rollUpPage(run: Run, page: LabelPageRow): Promise<void> {
  const { done } = run;
  const stored = run.resizing ? new Map<number, number>() : await storedRows(run, page.buckets);
  const sizes: BucketSize[] = [];
  page.buckets.forEach((bucket, i) => {
    if (run.resizing?.lost.has(monthOf(bucket))) return;
    const [fresh, profiled] = [page.fresh[i]!, page.profiled[i]!];
    const rows = stored.get(bucket) ?? profiled + fresh;
    // Labelled predictions that the profiles count are gone: what the bucket was is better known by its profiles.
    if (rows < profiled) return;
    sizes.push({ bucket, rows });
    if (!done.labels.has(bucket)) done.labels.set(bucket, profiled);
  });
  if (sizes.length === 0) return;
  const buckets = sizes.map(({ bucket }) => bucket);
  const labels = await labelsApart(run, page, buckets);
  run.done.apart = labels;
  await write(run, ...labelStatements(planOf(run), sizes, labels, VALUES));
  noteRewritten(run, buckets, 'labels');
}

/** Labelled predictions of those buckets of which some may have been dropped. */
async function storedRows(run: Run, buckets: readonly number[]): Promise<Map<number, number>> {
  const kept = keptFrom(run.now);
  const old = buckets.filter((bucket) => bucket < kept);
  if (old.length === 0) return new Map();
  const params = chunkParams(run.model, { buckets: old });
  const rows = await run.ctx.lake.query<BucketSize>(LABELLED_ROWS, params, background);
  const found = new Map(rows.map(({ bucket, rows }) => [bucket, rows]));
  return new Map(old.map((bucket) => [bucket, found.get(bucket) ?? 0]));
}

/** Labels of the model whose scores are kept apart: those that are, and the most frequent others while there is room. */
async function labelsApart(run: Run, page: LabelPageRow, buckets: readonly number[]): Promise<string[]> {
  const { done } = run;
  const scored = [...run.known.keys()].filter((name) => name.startsWith(SCORE));
  const known = [...new Set([...scored.map((name) => name.slice(SCORE.length)), ...done.apart])];
  const all = new Set([...known, ...page.labels]);
  const pair = all.size > 2 && all.size > known.length ? await twoClasses(run) : null;
  if (pair !== null && known.every((label) => pair.includes(label))) return pair;
  if (all.size <= SCORED_LABELS || known.length >= SCORED_LABELS) return scoredLabels(known, page.labels);
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
