import { EMPTY_STRETCH, MERGE_BUCKETS, type Month, months } from './queries/months.ts';
import { type Run, reserve } from './run.ts';

/** The month that a moment lies in, by its beginning. `monthOf(Date.UTC(2026, 10, 17))` → Date.UTC(2026, 10) */
export function monthOf(ms: number): number {
  const date = new Date(ms);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth());
}

/** The beginning of the next one. */
export function monthAfter(month: number): number {
  const date = new Date(month);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1);
}

/** Months of a model whose buckets have got another length: those that are stored are made anew, the others cannot be. */
export interface Resizing {
  readonly stored: readonly number[];
  readonly lost: ReadonlySet<number>;
}

/** Which months can be made anew: those of which not fewer predictions are stored than the profiles count. */
export async function beginResizing(run: Run): Promise<Resizing> {
  const rows = await run.ctx.lake.query<Month>(
    months(run.table),
    { model: run.model.id, bucket_ms: run.head.bucket_ms },
    { background: true },
  );
  return {
    stored: rows.filter(({ rows, profiled }) => rows >= profiled).map(({ month }) => month),
    lost: new Set(rows.filter(({ rows, profiled }) => rows < profiled).map(({ month }) => month)),
  };
}

/**
 * Ends a change of the length of buckets, after everything that is stored was made anew: empties the old buckets of the
 * same months. Where the predictions are gone, buckets are put together when the new length is a multiple of the old one,
 * and stay as they are when it is not.
 */
export async function endResizing(run: Run, { stored, lost }: Resizing): Promise<void> {
  await reserve(run);
  const { ctx, model, head, revision, done } = run;
  const common = { model: model.id, revision };
  for (const month of stored) {
    await ctx.turn();
    const params = { ...common, from: month, to: monthAfter(month) };
    await ctx.lake.command(EMPTY_STRETCH, params, { background: true });
  }
  if (model.bucket_ms % head.bucket_ms !== 0) return;
  for (const month of [...lost].sort((a, b) => a - b)) {
    for (const column of run.known.keys()) {
      await ctx.turn();
      const params = { ...common, from: month, to: monthAfter(month), column, bucket_ms: model.bucket_ms };
      await ctx.lake.command(MERGE_BUCKETS, params, { background: true });
    }
    const [from, to] = [month, monthAfter(month)];
    done.from = Math.min(done.from, from);
    done.to = Math.max(done.to, to);
    done.rewrites.push({ from, to, revision, what: 'all' });
  }
}
