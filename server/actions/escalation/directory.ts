import type { Kysely } from 'kysely';
import { NewEscalation } from '../../../contract/escalation.ts';
import type { EscalationRow, Ledger } from '../../store/ledger/schema.ts';
import { readRotas, rotaOf } from '../rotas/rotas.ts';
import { readAddresses } from './addresses.ts';
import type { Directory } from './resolve-targets.ts';

export const escalationOf = ({ definition }: Pick<EscalationRow, 'definition'>): NewEscalation =>
  NewEscalation.parse(JSON.parse(definition));

/** All that people can be told by; escalations by name. */
export async function readDirectory(ledger: Kysely<Ledger>): Promise<Directory> {
  const rotas = await readRotas(ledger);
  const escalations = await ledger
    .selectFrom('escalations')
    .selectAll()
    .orderBy('name')
    .limit(1_000)
    .execute();
  return {
    ...(await readAddresses(ledger)),
    rotas: new Map(rotas.map((row) => [row.id, rotaOf(row)])),
    escalations: new Map(escalations.map((row) => [row.id, escalationOf(row)])),
  };
}
