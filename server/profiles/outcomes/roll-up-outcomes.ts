import { countFound, locate } from '../beside/locate.ts';
import type { BucketSize } from '../buckets.ts';
import type { Rewrite } from '../heads/profile-head.ts';
import { settlesAt } from '../labels/settle.ts';
import { OUTCOME, OUTCOME_METRICS } from '../profile.ts';
import { keptFrom } from '../roll-up/before.ts';
import { EVERY_BUCKET, OUTCOMES } from '../roll-up/held.ts';
import { dueLooks, withLook } from '../roll-up/looks.ts';
import type { Stretch } from '../roll-up/open-columns.ts';
import { chunkParams } from '../roll-up/plan.ts';
import { monthOf } from '../roll-up/resize.ts';
import { noteRewritten, planOf, type Run, reserve, write } from '../roll-up/run.ts';
import {
  BY_TIME,
  FREQUENT_METRICS,
  JOINED_ROWS,
  OUTCOME_STRETCH,
  OUTCOMES_BESIDE,
  type OutcomePageRow,
  type OutcomeStretch,
  outcomePage,
} from './queries.ts';
import { outcomeStatements } from './statements.ts';

/** Buckets that are worked on at once. */
const PAGE = 10_000;
/** Outcomes that one statement takes on. */
const VALUES = 250_000;

const background = { background: true };

/**
 * Counts the outcomes that came since the last time: puts them beside their predictions, or at their own time where they name
 * none, then writes anew what outcomes add to the buckets of these. `everything`: of all buckets that have outcomes.
 */
export async function rollUpOutcomes(run: Run, arrivals: boolean, everything: boolean): Promise<void> {
  const progress = run.done.beside.outcomes;
  await takeStretches(run, arrivals);
  if (progress.lookedUp > 0 && progress.to === run.head.outcomes_to) await countFound(run, OUTCOMES_BESIDE);
  if (progress.located || everything) {
    const since = everything ? 0 : run.revision;
    for (let after = 0; ; ) {
      const page = await readPage(run, since, after, PAGE);
      if (page === undefined || page.buckets.length === 0) break;
      await rollUpPage(run, page);
      if (page.buckets.length < PAGE) break;
      after = page.buckets.at(-1)! + run.model.bucket_ms;
    }
  }
  await rollUpHeld(run);
}

/** Tries what failed before. */
async function rollUpHeld(run: Run): Promise<void> {
  const covers = ({ from, to, what }: Rewrite, bucket: number) =>
    what === 'outcomes' && from <= bucket && bucket < to;
  for (const { bucket } of run.held.filter(({ name, next }) => name === OUTCOMES && next <= run.now)) {
    if (bucket === EVERY_BUCKET || run.done.rewrites.some((each) => covers(each, bucket))) continue;
    const page = await readPage(run, 0, bucket, 1);
    if (page?.buckets[0] === bucket) await rollUpPage(run, page);
  }
}

/** Joins what is new, and what of a stretch looks otherwise at a second look. */
async function takeStretches(run: Run, arrivals: boolean): Promise<void> {
  const { head, to, now, done, looks, ctx, model, revision } = run;
  const { due, rest } = dueLooks(looks.outcomes, now);
  done.looks.outcomes = rest;
  let since = run.splitAnew ? 0 : arrivals ? head.outcomes_to : to;
  let changed = run.splitAnew;
  // All of them are put beside their predictions anew, and counted.
  if (run.splitAnew) done.beside.outcomes.waiting = 0;
  for (const look of due) {
    if ((await readStretch(run, look)).checksum === look.seen) continue;
    changed = true;
    since = Math.min(since, look.since);
  }
  if (since >= to) return;
  const stretch = { since, until: to };
  const { n, named, oldest, checksum } = await readStretch(run, stretch);
  const settles = settlesAt({ labels: n, rows: head.predictions, oldest });
  if (n > 0 && !changed && settles > to) {
    done.next.push(settles);
    return;
  }
  if (n > named) {
    await reserve(run);
    done.beside.outcomes.located = true;
    const params = { model: model.id, came_since: since, came_until: to, revision };
    await ctx.lake.command(BY_TIME, params, background);
  }
  if (named > 0) await locate(run, OUTCOMES_BESIDE, stretch, named);
  done.beside.outcomes.to = to;
  done.looks.outcomes = withLook(done.looks.outcomes, { ...stretch, seen: checksum });
}

async function readStretch(run: Run, { since, until }: Stretch): Promise<OutcomeStretch> {
  const params = { model: run.model.id, came_since: since, came_until: until };
  const [row] = await run.ctx.lake.query<OutcomeStretch>(OUTCOME_STRETCH, params, background);
  return row ?? { n: 0, named: 0, oldest: 0, checksum: '0' };
}

async function readPage(
  run: Run,
  located_since: number,
  after: number,
  page: number,
): Promise<OutcomePageRow | undefined> {
  await run.ctx.turn();
  const { id: model, bucket_ms } = run.model;
  const params = { model, bucket_ms, located_since, after, page };
  const [row] = await run.ctx.lake.query<OutcomePageRow>(outcomePage(OUTCOME_METRICS), params, background);
  return row;
}

async function rollUpPage(run: Run, page: OutcomePageRow): Promise<void> {
  const stored = run.resizing ? new Map<number, number>() : await storedRows(run, page.buckets);
  const sizes: BucketSize[] = [];
  page.buckets.forEach((bucket, i) => {
    if (run.resizing?.lost.has(monthOf(bucket))) return;
    const [fresh, profiled] = [page.fresh[i]!, page.profiled[i]!];
    const rows = stored.get(bucket) ?? profiled + fresh;
    // Outcomes that the profiles count are gone: what the bucket was is better known by its profiles.
    if (rows >= profiled) sizes.push({ bucket, rows });
  });
  if (sizes.length === 0) return;
  await write(run, ...outcomeStatements(planOf(run), sizes, await metricsApart(run, page), VALUES));
  noteRewritten(
    run,
    sizes.map(({ bucket }) => bucket),
    'outcomes',
  );
}

/** Outcomes of those buckets of which some may have been dropped. */
async function storedRows(run: Run, buckets: readonly number[]): Promise<Map<number, number>> {
  const kept = keptFrom(run.now);
  const old = buckets.filter((bucket) => bucket < kept);
  if (old.length === 0) return new Map();
  const params = chunkParams(run.model, { buckets: old });
  const rows = await run.ctx.lake.query<BucketSize>(JOINED_ROWS, params, background);
  const found = new Map(rows.map(({ bucket, rows }) => [bucket, rows]));
  return new Map(old.map((bucket) => [bucket, found.get(bucket) ?? 0]));
}

/** Metrics with profiles of their own: those that have some, and the most frequent others while there is room. */
async function metricsApart(run: Run, page: OutcomePageRow): Promise<string[]> {
  const { done, known, model, ctx } = run;
  const profiled = [...known.keys()].filter((name) => name.startsWith(OUTCOME));
  const own = new Set([...profiled.map((name) => name.slice(OUTCOME.length)), ...done.outcomesApart]);
  const strange = page.metrics.filter((name) => !own.has(name));
  if (own.size < OUTCOME_METRICS && own.size + strange.length > OUTCOME_METRICS) {
    const params = { model: model.id, most: 2 * OUTCOME_METRICS };
    const rows = await ctx.lake.query<{ name: string }>(FREQUENT_METRICS, params, background);
    strange.splice(0, strange.length, ...rows.map(({ name }) => name));
  }
  for (const name of strange) if (own.size < OUTCOME_METRICS) own.add(name);
  done.outcomesApart = [...own];
  return done.outcomesApart;
}
