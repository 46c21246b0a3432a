import type { SelectQueryBuilder, Transaction } from 'kysely';
import { TiltmeterError } from '../../contract/errors.ts';
import type { Ledger } from '../store/ledger/schema.ts';

/**
 * Refuses a transaction after which there are more than so many. Call it when everything is written: it waits for the end of the audit log, which one
 * change has at a time, so that of two that are made at once the second counts what the first has made. Errors: invalid_request, with `why`.
 * Example: `await requireAtMost(trx, 500, rows, 'There are at most 500 rotas: remove some first')`, `rows` being `select … from` without columns
 */
export async function requireAtMost<T extends keyof Ledger>(
  trx: Transaction<Ledger>,
  most: number,
  rows: SelectQueryBuilder<Ledger, T, object>,
  why: string,
): Promise<void> {
  await trx.selectFrom('audit_head').select('seq').forUpdate().executeTakeFirstOrThrow();
  const { n } = await rows.select(({ fn }) => fn.countAll<number>().as('n')).executeTakeFirstOrThrow();
  if (Number(n) > most) throw new TiltmeterError('invalid_request', why);
}
