import type { Transaction } from 'kysely';
import { TiltmeterError } from '../../../contract/errors.ts';
import type { IncidentRow, Ledger } from '../../store/ledger/schema.ts';

/** The row of an incident, which nobody else changes before the transaction ends. Errors: not_found. */
export async function holdIncident(trx: Transaction<Ledger>, id: string): Promise<IncidentRow> {
  const row = await trx
    .selectFrom('incidents')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw new TiltmeterError('not_found', 'There is no such incident');
  return row;
}
