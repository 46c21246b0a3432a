import { FEATURES_KEPT } from '../../../contract/model.ts';
import type { Grid } from '../../../stats/asinh-grid.ts';
import { freezeGrids, SPECIAL_GRIDS } from '../../models/columns/grids.ts';
import { PREDICTION } from '../../models/columns/schema.ts';
import { declareColumns } from '../../models/columns/schemas.ts';
import { chunksOf } from '../buckets.ts';
import { EVERY_BUCKET, SENT_COLUMNS as SENT_COLUMNS_HELD } from '../roll-up/held.ts';
import { chunkParams } from '../roll-up/plan.ts';
import { noteRewritten, planOf, type Run, readColumnsAgain, reserve } from '../roll-up/run.ts';
import {
  EMPTY_SENT,
  mergeSent,
  SENT_BUCKETS,
  SENT_COLUMNS,
  SENT_COUNTED,
  SENT_NEWEST,
  type SentBucket,
  type SentColumn,
} from './queries.ts';

/** Buckets that are looked for at once. */
const PAGE = 1_000;
/** What one statement merges. */
const PIECE = { rows: 20_000, buckets: 200 };
/** Columns that no feature is. */
const FIXED: ReadonlySet<string> = new Set(['_all', '_error', ...SPECIAL_GRIDS]);

const background = { background: true };

/**
 * Merges what agents sent since the last time: of each bucket that profiles came for, all of them, so that it changes no number to do it twice, nor
 * in which order they came. An agent sends again what was not acknowledged, so nothing has to be looked for a second time.
 */
export async function rollUpSent(run: Run, arrivals: boolean): Promise<void> {
  const { head, done, resizing, to } = run;
  const anew = resizing !== null;
  if (anew && head.sent_to > 0) {
    await reserve(run);
    done.statements = true;
    await run.ctx.lake.command(EMPTY_SENT, { model: run.model.id, revision: run.revision }, background);
  }
  if (!arrivals && !(anew && head.sent_to > 0)) return;
  const stretch = {
    model: run.model.id,
    bucket_ms: run.model.bucket_ms,
    since: anew ? 0 : head.sent_to,
    until: to,
  };
  await settleColumns(run, await run.ctx.lake.query<SentColumn>(SENT_COLUMNS, stretch, background));
  for (let after = 0; ; ) {
    await run.ctx.turn();
    const page = await run.ctx.lake.query<SentBucket>(
      SENT_BUCKETS,
      { ...stretch, after, page: PAGE },
      background,
    );
    const sizes = page.map(({ bucket, profiles }) => ({ bucket, rows: profiles }));
    for (const { buckets } of chunksOf(sizes, PIECE)) await merge(run, buckets);
    if (page.length > 0) await noteNewest(run, stretch);
    if (page.length < PAGE) break;
    after = page.at(-1)!.bucket + run.model.bucket_ms;
  }
  done.sentTo = to;
}

/** Columns that the model does not have become its own, as far as there is room; one without a grid gets that of its profiles. */
async function settleColumns(run: Run, came: readonly SentColumn[]): Promise<void> {
  if (came.length === 0) return;
  const { ctx, model, done, columns } = run;
  const known = new Set(columns.map(({ name }) => name));
  const fresh = came.filter(({ column }) => !FIXED.has(column) && !known.has(column));
  const features = columns.filter(({ name }) => !FIXED.has(name) && name !== PREDICTION).length;
  const room = Math.max(0, FEATURES_KEPT - features);
  const answers = fresh.filter(({ column }) => column === PREDICTION);
  const added = fresh.filter(({ column }) => column !== PREDICTION);
  const declared = [...answers, ...added.slice(0, room)];
  if (declared.length > 0)
    await declareColumns(
      ctx,
      model.id,
      model.table_name,
      declared.map(({ column, type }) => ({ name: column, type, declared: false })),
    );
  if (added.length > room)
    done.failures.push({
      bucket: EVERY_BUCKET,
      name: SENT_COLUMNS_HELD,
      message: `profiles of ${added.length - room} columns are left out: the model has all the columns it may have`,
    });
  const grids = came.flatMap(({ column, type, center, scale }): [string, Grid][] =>
    type === 'numeric' && scale > 0 ? [[column, { center, scale }]] : [],
  );
  await freezeGrids(ctx, model.id, new Map(grids));
  await readColumnsAgain(run);
  for (const { column, first } of came)
    run.firstSeen.set(column, Math.min(first, run.firstSeen.get(column) ?? first));
}

async function merge(run: Run, buckets: readonly number[]): Promise<void> {
  await run.ctx.turn();
  await reserve(run);
  const { ctx, model, done, revision } = run;
  const plan = planOf(run);
  const chunk = chunkParams(model, { buckets });
  const counted = async () =>
    (await ctx.lake.query<{ counted: number }>(SENT_COUNTED, chunk, background))[0]?.counted ?? 0;
  const before = run.resizing === null ? await counted() : 0;
  done.statements = true;
  const columns = [...plan.columns, { name: '_error', type: 'categorical', grid: null }];
  await ctx.lake.command(
    mergeSent(plan.folded),
    {
      ...chunk,
      revision,
      versions: [...plan.versions],
      s_names: columns.map(({ name }) => name),
      s_numeric: columns.map(({ type }) => (type === 'numeric' ? 1 : 0)),
      s_centers: columns.map(({ grid }) => grid?.center ?? 0),
      s_scales: columns.map(({ grid }) => grid?.scale ?? 0),
    },
    background,
  );
  done.sentAfter += await counted();
  done.sentBefore += before;
  noteRewritten(run, buckets, 'all');
}

async function noteNewest(run: Run, stretch: { model: string; since: number; until: number }): Promise<void> {
  const [row] = await run.ctx.lake.query<{ event: number; received: number }>(
    SENT_NEWEST,
    stretch,
    background,
  );
  if (row === undefined) return;
  run.done.newestEvent = Math.max(run.done.newestEvent ?? 0, row.event) || null;
  run.done.lastReceived = Math.max(run.done.lastReceived ?? 0, row.received) || null;
}
