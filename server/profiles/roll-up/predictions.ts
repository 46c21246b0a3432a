import { PROBABILITIES } from '../../models/columns/probabilities.ts';
import type { ProfiledColumn } from '../../models/columns/profiled-columns.ts';
import { locateWaiting } from '../beside/locate.ts';
import type { BucketSize } from '../buckets.ts';
import { LABELS_BESIDE } from '../labels/queries.ts';
import { OUTCOMES_BESIDE } from '../outcomes/queries.ts';
import { SEGMENT_FEATURES } from '../segments/segment-columns.ts';
import { settleSplits, settleValues } from '../segments/settle-splits.ts';
import { SEGMENT_VERSIONS } from '../segments/split.ts';
import { arrivedPage } from './arrived-page.ts';
import { settleAttributions, wantsAttributions } from './attributions.ts';
import { standing } from './before.ts';
import { due, PUT_OFF_MS } from './due.ts';
import { profileFewRows } from './few-rows.ts';
import { EVERY_BUCKET, LABELS, OUTCOMES } from './held.ts';
import { dueLooks, withLook } from './looks.ts';
import { type Stretch, settleArrived, settleOpened, unsettled } from './open-columns.ts';
import { chunkParams, type RollUpPlan } from './plan.ts';
import { type ArrivedRow, arrivalCounts } from './queries/arrived.ts';
import { clearReplaced, MADE_BY_LABELS, MADE_BY_OUTCOMES, type Of } from './queries/clear-replaced.ts';
import { holdsSent, noteRewritten, planOf, type Run, write } from './run.ts';
import { settleVersions } from './settle-versions.ts';
import { classOddsStatements, predictionStatements, shownStatements } from './statements.ts';

/** Buckets that are worked on at once. */
const PAGE = 10_000;

const background = { background: true };

/**
 * Recomputes the buckets that predictions came for since the last time; those of arrivals that turned out to be more than
 * was seen; those that wait for a grid, were put off, or failed.
 */
export async function rollUpPredictions(run: Run, arrivals: boolean): Promise<void> {
  const { head, done, to } = run;
  const frozen = await settleOpened(run);
  run.splitAnew = await settleSplits(run);
  const since = run.resizing || run.splitAnew ? 0 : Math.min(frozen ?? to, arrivals ? head.rolled_up_to : to);
  const again = await grownLooks(run);
  const stretches: Stretch[] = [...(since < to ? [{ since, until: to }] : []), ...again];
  const covered = new Set<number>();
  let n = 0;
  for (const stretch of stretches) {
    for await (const { page, asked } of pagesOf(run, stretch)) {
      await settleArrived(run, asked, page, stretch);
      await settleAttributions(run, asked, page, stretch);
      await settleVersions(run, page);
      await settleValues(run, page, stretch);
      done.newestEvent = Math.max(done.newestEvent ?? 0, page.event) || null;
      done.lastReceived = Math.max(done.lastReceived ?? 0, page.newest) || null;
      const fresh = page.buckets.map((bucket, i) => ({ bucket, rows: page.ns[i]! }));
      for (const { bucket, rows } of fresh) {
        covered.add(bucket);
        if (stretch.until === to) n += rows;
      }
      await rollUpBuckets(run, fresh, again.includes(stretch));
      if (head.waiting > 0) await locateWaiting(run, LABELS_BESIDE, stretch, fresh);
      if (head.outcomes_waiting > 0) await locateWaiting(run, OUTCOMES_BESIDE, stretch, fresh);
    }
  }
  if (since < to) {
    done.looks.predictions = withLook(done.looks.predictions, { since, until: to, seen: String(n) });
    done.rolledUpTo = to;
  }
  if (run.resizing) return;
  const rest = [
    ...run.putOff,
    ...run.held.filter(
      ({ bucket, name, next }) =>
        bucket !== EVERY_BUCKET && name !== LABELS && name !== OUTCOMES && next <= run.now,
    ),
  ];
  const left = new Set(rest.map(({ bucket }) => bucket).filter((bucket) => !covered.has(bucket)));
  await rollUpBuckets(
    run,
    [...left].sort((a, b) => a - b).map((bucket) => ({ bucket, rows: 0 })),
  );
}

/** The buckets of a stretch of arrivals, a page at a time, and the columns of which the page tells more. */
async function* pagesOf(
  run: Run,
  stretch: Stretch,
): AsyncGenerator<{ page: ArrivedRow; asked: readonly ProfiledColumn[] }> {
  for (let after = 0; ; ) {
    await run.ctx.turn();
    const asked = [...unsettled(run), ...wantsAttributions(run)];
    const { page, more } = await arrivedPage(run, stretch, { asked, after, most: PAGE });
    if (page.buckets.length > 0) yield { page, asked };
    if (!more) return;
    after = page.buckets.at(-1)! + run.model.bucket_ms;
  }
}

/** Stretches that are looked at a second time and hold more than they did: what a server had under way that died since. */
async function grownLooks(run: Run): Promise<Stretch[]> {
  const { due: looks, rest } = dueLooks(run.looks.predictions, run.now);
  run.done.looks.predictions = rest;
  if (looks.length === 0) return [];
  const bounds = looks.flatMap(({ since, until }, k) => [
    [`s${k}`, since],
    [`e${k}`, until],
  ]);
  const [counts] = await run.ctx.lake.query<Record<string, number>>(
    arrivalCounts(run.table, looks.length),
    {
      ...Object.fromEntries(bounds),
      since: Math.min(...looks.map((look) => look.since)),
      until: Math.max(...looks.map((look) => look.until)),
    },
    background,
  );
  return looks.filter(({ seen }, k) => (counts?.[`n${k}`] ?? 0) > Number(seen));
}

/**
 * Recomputes buckets (ascending) for which some rows came, as far as it is time for them; `doubtful`: it is not known for
 * which, so only those are that hold more rows than their profiles count.
 */
async function rollUpBuckets(run: Run, fresh: readonly BucketSize[], doubtful = false): Promise<void> {
  if (fresh.length === 0) return;
  const { done, model, now } = run;
  const ready: BucketSize[] = [];
  for (const { bucket, rows, profiled } of await standing(
    run,
    fresh,
    // What the head tells of a bucket holds what agents counted, too.
    doubtful || run.splitAnew || holdsSent(run) ? 'everywhere' : 'where unknown',
  )) {
    if (doubtful && rows === profiled) continue;
    // Rows that the profiles count are gone: what the bucket was is better known by its profiles.
    if (rows < profiled) continue;
    const written = run.known.get('_all')?.revision ?? 0;
    const since = run.putOff.find((each) => each.bucket === bucket)?.since ?? written;
    const before = profiled === 0 ? undefined : { rows: profiled, since };
    if (due({ bucket, rows }, before, model.bucket_ms, now)) {
      ready.push({ bucket, rows });
      if (!done.predictions.has(bucket)) done.predictions.set(bucket, profiled);
    } else {
      done.putOff.push({ bucket, since, rows: rows - profiled });
      done.next.push(Math.min(since + PUT_OFF_MS, bucket + model.bucket_ms));
    }
  }
  if (ready.length === 0) return;
  const buckets = ready.map(({ bucket }) => bucket);
  const plan = planOf(run);
  if (model.task === 'multiclass' && run.firstSeen.has(PROBABILITIES))
    await write(run, ...classOddsStatements(plan, ready));
  if (model.task === 'ranking') await write(run, ...shownStatements(plan, ready));
  if (!(await profileFewRows(run, plan, ready))) await write(run, ...predictionStatements(plan, ready));
  // Versions that lost their own profiles leave their old ones behind, and in segments columns that others took the place of.
  const left: Of[] = [
    ...(plan.folded ? (['all'] as const) : []),
    ...(leavesSegments(plan) ? (['segments'] as const) : []),
  ];
  for (const of of left) {
    done.statements = true;
    await run.ctx.lake.command(
      clearReplaced(of, `NOT ${MADE_BY_LABELS} AND NOT ${MADE_BY_OUTCOMES}`),
      { ...chunkParams(model, { buckets }), revision: run.revision },
      background,
    );
  }
  noteRewritten(run, buckets, 'all');
}

/** Whether not everything has profiles of its own within segments, so that what has may change. */
const leavesSegments = ({ splits, versions, columns }: RollUpPlan) =>
  splits.length > 0 && (versions.length > SEGMENT_VERSIONS || columns.length > SEGMENT_FEATURES);
