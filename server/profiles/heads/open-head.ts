import type { Ctx } from '../../context.ts';
import { modelTable } from '../../models/columns/schemas.ts';
import type { ColumnHeadRow, ModelRow, ProfileHeadRow } from '../../store/ledger/schema.ts';
import { grownColumns, grownHead } from './grow.ts';
import { newestRows } from './queries.ts';
import { readAll, readExpected } from './read-facts.ts';

/** A row whose event time lies further ahead of its arrival than this says nothing about how far events have come. */
export const AHEAD_MS = 300_000;

export interface OpenHead {
  readonly head: ProfileHeadRow;
  readonly columns: ReadonlyMap<string, ColumnHeadRow>;
  /** It was made from history just now. */
  readonly made: boolean;
  /** What the ledger has of `writing`: as long as it stays, nobody else has changed the head. */
  readonly stored: number;
}

/**
 * A model's head as the roll-up goes on from it. One that is missing, or that a roll-up left behind when it died half
 * way, is made from what the profiles hold: the only time that history is read.
 */
export async function openHead(
  ctx: Pick<Ctx, 'ledger' | 'lake'>,
  model: Pick<ModelRow, 'id' | 'table_name' | 'task' | 'bucket_ms' | 'ranking_k'>,
): Promise<OpenHead> {
  const { id } = model;
  const row = await ctx.ledger
    .selectFrom('profile_heads')
    .selectAll()
    .where('model', '=', id)
    .executeTakeFirst();
  const rows = await ctx.ledger.selectFrom('column_heads').selectAll().where('model', '=', id).execute();
  const columns = new Map(rows.map((column) => [column.column, column]));
  if (row !== undefined && row.revision > 0 && row.writing <= row.revision)
    return { head: row, columns, made: false, stored: row.writing };
  return made(ctx, model, row ?? emptyHead(model), columns);
}

async function made(
  ctx: Pick<Ctx, 'lake'>,
  { id, table_name }: Pick<ModelRow, 'id' | 'table_name'>,
  row: ProfileHeadRow,
  columns: ReadonlyMap<string, ColumnHeadRow>,
): Promise<OpenHead> {
  const facts = await readAll(ctx, id, row.bucket_ms);
  const revision = Math.max(1, facts.revision, row.revision, row.writing);
  const [newest] = facts.columns.has('_all')
    ? await ctx.lake.query<{ event: number; received: number }>(
        newestRows(modelTable(table_name)),
        { ahead: AHEAD_MS },
        { background: true },
      )
    : [];
  const head = grownHead(
    { ...row, predictions: 0, labels: 0, traffic: '[]' },
    {
      facts,
      revision,
      newestEvent: newest?.event || row.newest_event,
      lastReceived: newest?.received || row.last_received,
      before: { predictions: 0, labels: 0 },
      versions: null,
      rewrites: [],
    },
  );
  const known = new Map(columns);
  for (const column of grownColumns(id, columns, facts, revision)) known.set(column.column, column);
  for (const column of await readExpected(ctx, id)) {
    const { first = null, last = null, opened = null, codes = 0 } = known.get(column) ?? {};
    known.set(column, { model: id, column, first, last, revision, expected: 1, opened, codes });
  }
  return { head: { ...head, writing: revision }, columns: known, made: true, stored: row.writing };
}

/** The head of a model that has no profiles. */
export function emptyHead({
  id,
  task,
  bucket_ms,
  ranking_k,
}: Pick<ModelRow, 'id' | 'task' | 'bucket_ms' | 'ranking_k'>): ProfileHeadRow {
  return {
    model: id,
    rolled_up_to: 0,
    labelled_to: 0,
    outcomes_to: 0,
    sent_to: 0,
    sent: 0,
    task,
    bucket_ms,
    ranking_k,
    first: null,
    last: null,
    newest_event: null,
    last_received: null,
    revision: 0,
    writing: 0,
    predictions: 0,
    labels: 0,
    waiting: 0,
    outcomes_waiting: 0,
    versions: '[]',
    classes: '[]',
    traffic: '[]',
    rewrites: '[]',
    looks: '{}',
    held: '[]',
    put_off: '[]',
    split_by: '[]',
    splits: '[]',
    folded_at: null,
    next_at: null,
    succeeded_at: 0,
    failure: null,
  };
}
