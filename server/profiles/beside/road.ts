import type { ProfileHeadRow } from '../../store/ledger/schema.ts';
import type { BucketSize } from '../buckets.ts';
import type { Rewrite } from '../heads/profile-head.ts';
import { keptFrom } from '../roll-up/before.ts';
import { EVERY_BUCKET } from '../roll-up/held.ts';
import type { Stretch } from '../roll-up/open-columns.ts';
import { chunkParams } from '../roll-up/plan.ts';
import { monthOf } from '../roll-up/resize.ts';
import { noteRewritten, type Run } from '../roll-up/run.ts';
import { type Beside, cameTo, countFound } from './locate.ts';
import { type Located, type LocatedPage, locatedPage } from './queries.ts';
import { takeStretches } from './stretches.ts';

/** Buckets that are worked on at once. */
const PAGE = 10_000;

const background = { background: true };

/** The way of what comes for predictions from its arrival into the profiles. */
export interface Road {
  readonly beside: Beside;
  /** The name of its pieces when they are held. */
  readonly held: string;
  /** What came in a stretch, as BesideStretch. Parameters: model, came_since, came_until. */
  readonly stretch: string;
  /** How many rows putting it beside predictions reads at most. */
  rows(head: ProfileHeadRow): number;
  /** Takes what names no prediction at its own time. */
  readonly byTime?: (run: Run, stretch: Stretch) => Promise<void>;
  /** What may have to be counted again before the buckets are looked for: from which revision on; null for nothing. */
  readonly again?: (run: Run) => Promise<number | null>;
  located(run: Run): Located;
  /** How much is stored of each bucket. Parameters: those of chunkParams. */
  readonly stored: string;
  /** Writes what it adds to the profiles of some buckets; `profiled` counts what they had, in step. */
  write(
    run: Run,
    page: LocatedPage,
    sizes: readonly BucketSize[],
    profiled: readonly number[],
  ): Promise<void>;
}

/**
 * Counts what came since the last time: puts it beside its predictions, then writes anew what it adds to the buckets of
 * these. `everything`: of all buckets that have any.
 */
export async function goRoad(run: Run, road: Road, arrivals: boolean, everything: boolean): Promise<void> {
  const { kind } = road.beside;
  const progress = run.done.beside[kind];
  await takeStretches(run, road, arrivals);
  if (progress.lookedUp > 0 && progress.to === cameTo(run.head, kind)) await countFound(run, road.beside);
  const again = (await road.again?.(run)) ?? null;
  if (progress.located || again !== null || everything)
    await rollUpSince(run, road, everything ? 0 : (again ?? run.revision));
  await rollUpHeld(run, road);
}

async function rollUpSince(run: Run, road: Road, since: number): Promise<void> {
  for (let after = 0; ; ) {
    const page = await readPage(run, road, since, after, PAGE);
    if (page === undefined || page.buckets.length === 0) return;
    await rollUpPage(run, road, page);
    if (page.buckets.length < PAGE) return;
    after = page.buckets.at(-1)! + run.model.bucket_ms;
  }
}

/** Tries what failed before. */
async function rollUpHeld(run: Run, road: Road): Promise<void> {
  const covers = ({ from, to, what }: Rewrite, bucket: number) =>
    what === road.beside.kind && from <= bucket && bucket < to;
  for (const { bucket } of run.held.filter(({ name, next }) => name === road.held && next <= run.now)) {
    if (bucket === EVERY_BUCKET || run.done.rewrites.some((each) => covers(each, bucket))) continue;
    const page = await readPage(run, road, 0, bucket, 1);
    if (page?.buckets[0] === bucket) await rollUpPage(run, road, page);
  }
}

async function readPage(
  run: Run,
  road: Road,
  located_since: number,
  after: number,
  page: number,
): Promise<LocatedPage | undefined> {
  await run.ctx.turn();
  const { id: model, bucket_ms } = run.model;
  const params = { model, bucket_ms, located_since, after, page };
  const [row] = await run.ctx.lake.query<LocatedPage>(locatedPage(road.located(run)), params, background);
  return row;
}

async function rollUpPage(run: Run, road: Road, page: LocatedPage): Promise<void> {
  const stored = run.resizing ? new Map<number, number>() : await storedRows(run, road, page.buckets);
  const sizes: BucketSize[] = [];
  const counted: number[] = [];
  page.buckets.forEach((bucket, i) => {
    if (run.resizing?.lost.has(monthOf(bucket))) return;
    const [fresh, profiled] = [page.fresh[i]!, page.profiled[i]!];
    const rows = stored.get(bucket) ?? profiled + fresh;
    // Some of what the profiles count is gone: what the bucket was is better known by its profiles.
    if (rows < profiled) return;
    sizes.push({ bucket, rows });
    counted.push(profiled);
  });
  if (sizes.length === 0) return;
  await road.write(run, page, sizes, counted);
  const buckets = sizes.map(({ bucket }) => bucket);
  noteRewritten(run, buckets, road.beside.kind);
}

/** What is stored of those buckets of which some may have been dropped. */
async function storedRows(run: Run, road: Road, buckets: readonly number[]): Promise<Map<number, number>> {
  const kept = keptFrom(run.now);
  const old = buckets.filter((bucket) => bucket < kept);
  if (old.length === 0) return new Map();
  const params = chunkParams(run.model, { buckets: old });
  const rows = await run.ctx.lake.query<BucketSize>(road.stored, params, background);
  const found = new Map(rows.map(({ bucket, rows }) => [bucket, rows]));
  return new Map(old.map((bucket) => [bucket, found.get(bucket) ?? 0]));
}
