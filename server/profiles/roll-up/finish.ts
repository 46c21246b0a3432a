import { requireFence } from '../../jobs/fence.ts';
import type { ColumnHeadRow, ProfileHeadRow } from '../../store/ledger/schema.ts';
import { grownColumns, grownHead } from '../heads/grow.ts';
import { headOf } from '../heads/profile-head.ts';
import { type Facts, readAll, readSome, readTraffic, readWritten } from '../heads/read-facts.ts';
import { requireHead, saveHead } from '../heads/save-head.ts';
import { storedFacts } from '../heads/stored-facts.ts';
import { CLASSES } from '../profile.ts';
import { splitText } from '../segments/split.ts';
import { ALL_SENT } from '../sent/queries.ts';
import { failureText, heldAfter } from './held.ts';
import { LOOK_BY_MS } from './looks.ts';
import { holdsSent, type Run } from './run.ts';

/** Ends a roll-up: what it read and wrote becomes the model's head, in one transaction. Errors: lease_lost. */
export async function finish(run: Run): Promise<void> {
  const { ctx, fence, done, now, model } = run;
  const { head: grown, columns: heads } = await grow(run);
  const columns = withCodes(run, heads);
  const held = heldAfter(run.held, done.failures, now);
  const wakes = [
    ...done.next,
    ...held.map(({ next }) => next),
    ...[...done.looks.predictions, ...done.looks.labels, ...done.looks.outcomes].map(
      ({ until }) => until + LOOK_BY_MS,
    ),
  ];
  const head: ProfileHeadRow = {
    ...grown,
    classes: JSON.stringify(withClasses(run)),
    rolled_up_to: done.rolledUpTo,
    labelled_to: done.beside.labels.to,
    outcomes_to: done.beside.outcomes.to,
    sent_to: done.sentTo,
    sent: await sentOf(run),
    task: model.task,
    bucket_ms: model.bucket_ms,
    ranking_k: model.ranking_k,
    waiting: Math.max(0, done.beside.labels.waiting),
    outcomes_waiting: Math.max(0, done.beside.outcomes.waiting),
    looks: JSON.stringify(done.looks),
    held: JSON.stringify(held),
    put_off: JSON.stringify(done.putOff),
    split_by: splitText(model),
    splits: JSON.stringify(run.splits),
    folded_at: run.foldedAt,
    next_at: wakes.length === 0 ? null : Math.min(...wakes),
    succeeded_at: now,
    failure: failureText(held),
  };
  if (columns.length === 0 && same(head, run.head)) return;
  await ctx.ledger.transaction().execute(async (trx) => {
    if (fence !== undefined) await requireFence(trx, fence);
    await requireHead(trx, model.id, done.reserved ? run.revision : run.stored);
    await saveHead(trx, head, columns);
  });
}

/** How many predictions agents counted. */
async function sentOf({ ctx, model, head, done, made, resizing }: Run): Promise<number> {
  if (done.sentTo === 0) return 0;
  if (!made && resizing === null) return head.sent + done.sentAfter - done.sentBefore;
  const [all] = await ctx.lake.query<{ counted: number }>(
    ALL_SENT,
    { model: model.id },
    { background: true },
  );
  return all?.counted ?? 0;
}

/** Labels that occur: those that did, and as many others as there is room for and one more. */
function withClasses({ head, done }: Run): string[] {
  return [...new Set([...headOf(head).classes, ...done.classes])].slice(0, CLASSES + 1);
}

/** Whether nothing came and nothing was done: then the ledger is left alone. */
function same({ succeeded_at: _, ...a }: ProfileHeadRow, b: ProfileHeadRow): boolean {
  return Object.entries(a).every(([name, value]) => b[name as keyof ProfileHeadRow] === value);
}

/** The head and the columns that changed, after what was written. */
async function grow(run: Run): Promise<{ head: ProfileHeadRow; columns: ColumnHeadRow[] }> {
  const { ctx, done, model, revision } = run;
  const wrote = done.from < done.to;
  const head = {
    ...run.head,
    bucket_ms: model.bucket_ms,
    // Labels may have been located with it, although no profile was written.
    revision: done.reserved ? revision : run.head.revision,
  };
  const recount = run.made || run.resizing !== null;
  const made = recount ? [...run.known.values()] : [];
  if (!wrote) return { head, columns: withOpened(run, made) };
  const facts = recount ? await readAll(ctx, model.id, model.bucket_ms) : await written(run);
  const grown = grownHead(recount ? { ...head, predictions: 0, labels: 0, traffic: '[]' } : head, {
    facts,
    revision,
    newestEvent: done.newestEvent,
    lastReceived: done.lastReceived,
    before: recount
      ? { predictions: 0, labels: 0 }
      : { predictions: total(done.predictions) + done.sentBefore, labels: total(done.labels) },
    versions: run.foldedAt === null ? null : new Set(run.versions),
    rewrites: done.rewrites,
  });
  const columns = new Map(made.map((column) => [column.column, column]));
  for (const column of grownColumns(model.id, run.known, facts, revision)) columns.set(column.column, column);
  const gone = recount ? made.filter(({ column }) => !facts.columns.has(column)) : [];
  for (const column of gone) columns.set(column.column, { ...column, first: null, last: null });
  for (const column of await shrunk(run, facts)) columns.set(column.column, column);
  return { head: grown, columns: withOpened(run, [...columns.values()]) };
}

const total = (counts: ReadonlyMap<number, number>) => [...counts.values()].reduce((sum, n) => sum + n, 0);

async function written(run: Run): Promise<Facts> {
  const { ctx, model, revision, done, head } = run;
  const newest = Math.max(head.newest_event ?? 0, done.newestEvent ?? 0);
  const { bucket_ms: bucketMs } = model;
  if (!done.statements && !holdsSent(run)) return storedFacts(done.stored, { newest, bucketMs });
  const span = { newest, bucketMs };
  const facts = await readWritten(ctx, { model: model.id, revision, from: done.from, to: done.to }, span);
  // A bucket may hold rows and what agents counted, of which only one was written.
  return !holdsSent(run) ? facts : { ...facts, traffic: await readTraffic(ctx, model.id, span) };
}

/** Columns of which rows were emptied: where they begin and end is looked up, and whether anything is left. */
async function shrunk(run: Run, facts: Facts): Promise<ColumnHeadRow[]> {
  const names = [...facts.columns].filter(([, { emptied }]) => emptied > 0).map(([name]) => name);
  if (names.length === 0) return [];
  const left = (await readSome(run.ctx, run.model.id, names)).columns;
  return names.map((column) => {
    const { expected = 0, opened = null, codes = 0 } = run.known.get(column) ?? {};
    const { first = null, last = null } = left.get(column) ?? {};
    return { model: run.model.id, column, first, last, revision: run.revision, expected, opened, codes };
  });
}

/** With what the profiles of columns count now; those that were counted anew are among them. */
function withCodes({ columns, known, done }: Run, rows: readonly ColumnHeadRow[]): ColumnHeadRow[] {
  const all = new Map(rows.map((row) => [row.column, row]));
  for (const name of done.recounted) {
    const row = known.get(name);
    if (row !== undefined && !all.has(name)) all.set(name, row);
  }
  const codes = new Map(columns.map((column) => [column.name, column.codes ? (1 as const) : (0 as const)]));
  return [...all.values()].map((row) => ({ ...row, codes: codes.get(row.column) ?? 0 }));
}

/** With the moments since which values lie on no grid. */
function withOpened(run: Run, columns: readonly ColumnHeadRow[]): ColumnHeadRow[] {
  const rows = new Map(columns.map((column) => [column.column, column]));
  for (const [name, opened] of run.opened) {
    const row = rows.get(name) ?? run.known.get(name);
    if (row !== undefined) rows.set(name, { ...row, opened });
  }
  return [...rows.values()];
}
