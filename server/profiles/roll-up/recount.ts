import { rfc3339 } from '../../../contract/time.ts';
import { noteChange } from '../../events/note-change.ts';
import type { ProfiledColumn } from '../../models/columns/profiled-columns.ts';
import type { BucketSize } from '../buckets.ts';
import { arrivedPage } from './arrived-page.ts';
import { PIECE_BUCKETS } from './pieces.ts';
import { emptyKind, putBack, setAside } from './queries/aside.ts';
import { type Month, months } from './queries/months.ts';
import { monthAfter, monthOf } from './resize.ts';
import { planOf, type Run, reserve, write } from './run.ts';
import { recountStatements } from './statements.ts';

type Kind = ProfiledColumn['type'];

const background = { background: true };

/** Columns whose profiles count something else than what the column is taken for now. */
export function toRecount({ columns, known }: Pick<Run, 'columns' | 'known'>): ProfiledColumn[] {
  return columns.filter(({ name, codes }) => {
    const head = known.get(name);
    return head != null && head.first !== null && (head.codes === 1) !== codes;
  });
}

/**
 * Counts columns of numbers anew, which are taken for categories now, or for numbers again: from the predictions that are
 * stored, in pieces of bounded size. Until a bucket is counted its column says nothing. Where predictions are gone, what
 * was counted is set aside, what was set aside before is put back, and the time axis says so. Repeating it, or dying
 * between any two statements, changes no number: rows say themselves as what they were counted.
 */
export async function recount(run: Run): Promise<void> {
  const columns = toRecount(run);
  if (columns.length === 0) return;
  await reserve(run);
  const all = await run.ctx.lake.query<Month>(
    months(run.table),
    { model: run.model.id, bucket_ms: run.model.bucket_ms },
    background,
  );
  const lost = new Set(all.filter(({ rows, profiled }) => rows < profiled).map(({ month }) => month));
  for (const [kind, some] of Map.groupBy(columns, ({ type }) => type))
    for (const { month } of all) await turnMonth(run, kind, some, month, lost.has(month));
  await count(run, columns, lost);
  for (const { name, grid, type } of columns) {
    run.done.recounted.push(name);
    if (type === 'categorical' || grid !== null) continue;
    // It never had a grid: the next roll-up gives it one.
    run.opened.set(name, 0);
    run.done.next.push(run.now);
  }
  note(run, columns, all);
  if (lost.size > 0) await tell(run, columns, lost);
}

/** A month without what was counted otherwise; where the predictions are gone, with what was counted so before. */
async function turnMonth(
  { ctx, model, revision }: Run,
  kind: Kind,
  columns: readonly ProfiledColumn[],
  month: number,
  lost: boolean,
): Promise<void> {
  const params = {
    ...{ model: model.id, revision, columns: columns.map(({ name }) => name) },
    ...{ from: month, to: monthAfter(month) },
  };
  const other = kind === 'numeric' ? 'categorical' : 'numeric';
  const steps = lost ? [setAside(other), emptyKind(other), putBack(kind)] : [emptyKind(other)];
  for (const sql of steps) {
    await ctx.turn();
    await ctx.lake.command(sql, params, background);
  }
}

/** Every bucket of which the predictions are stored, a page at a time. */
async function count(run: Run, columns: readonly ProfiledColumn[], lost: ReadonlySet<number>): Promise<void> {
  const stretch = { since: 0, until: run.to };
  for (let after = 0; ; ) {
    await run.ctx.turn();
    const { page, more } = await arrivedPage(run, stretch, { asked: [], after, most: PIECE_BUCKETS });
    const sizes = page.buckets.flatMap((bucket, i): BucketSize[] =>
      lost.has(monthOf(bucket)) ? [] : [{ bucket, rows: page.ns[i]! }],
    );
    if (sizes.length > 0) await write(run, ...recountStatements(planOf(run), sizes, columns));
    run.done.buckets += sizes.length;
    if (!more) return;
    after = page.buckets.at(-1)! + run.model.bucket_ms;
  }
}

/** All of it was written with this revision. */
function note(
  { done, revision, head, model }: Run,
  columns: readonly ProfiledColumn[],
  all: readonly Month[],
) {
  const from = all[0]?.month ?? 0;
  const to = Math.max(head.last ?? 0, done.to, from) + model.bucket_ms;
  done.from = Math.min(done.from, from);
  done.to = Math.max(done.to, to);
  done.statements = true;
  done.rewrites.push({ from, to, revision, what: 'columns', columns: columns.map(({ name }) => name) });
}

/** Where a column has profiles of another kind before, the time axis says from where on it is what it is now. */
async function tell(run: Run, columns: readonly ProfiledColumn[], lost: ReadonlySet<number>): Promise<void> {
  const { ctx, model, known } = run;
  const time = monthAfter(Math.max(...lost));
  for (const { name, type } of columns) {
    if (known.get(name)!.first! >= time) continue;
    const [now, before] = type === 'numeric' ? ['numbers', 'categories'] : ['categories', 'numbers'];
    await noteChange(ctx, {
      id: `counted-${model.id}-${name}-${type}-${run.revision}`,
      ...{ model: model.id, time, kind: 'config' },
      title: `${name} is counted as ${now} from ${rfc3339(time).slice(0, 10)} on; the predictions before are not kept, their profiles stay as ${before}`,
    });
  }
}
