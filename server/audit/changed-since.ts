import type { Ctx } from '../context.ts';

export interface Changed {
  /** How far the log goes: what is asked about next. */
  readonly end: number;
  /** What the changes were made to, each once; null where the log ends before `after`: the ledger is not the one it was, say one of a backup. */
  readonly targets: ReadonlySet<string> | null;
}

/**
 * To what changes of some kinds were made behind an entry of the log, by any server; one statement where there were none. Without `after` only how far
 * the log goes. An entry has the end of the log until its transaction ends, so entries come to be seen in their order: none appears before one that was read.
 * Example: `await changedSince(ctx, 41, ['model.delete'])` → `{ end: 43, targets: new Set(['m']) }`
 */
export async function changedSince(
  { ledger }: Pick<Ctx, 'ledger'>,
  after: number | undefined,
  actions: readonly string[],
): Promise<Changed> {
  const { seq: end } = await ledger.selectFrom('audit_head').select('seq').executeTakeFirstOrThrow();
  if (after !== undefined && end < after) return { end, targets: null };
  if (after === undefined || end === after) return { end, targets: new Set() };
  const rows = await ledger
    .selectFrom('audit')
    .select('target')
    .distinct()
    .where('seq', '>', after)
    .where('seq', '<=', end)
    .where('action', 'in', [...actions])
    .execute();
  return { end, targets: new Set(rows.map(({ target }) => target)) };
}
