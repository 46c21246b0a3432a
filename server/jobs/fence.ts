import type { Transaction } from 'kysely';
import { TiltmeterError } from '../../contract/errors.ts';
import type { Ledger } from '../store/ledger/schema.ts';
import { deciding } from './live.ts';

/** The right of a server to decide about a model, or to do a job of which there is one, until another takes it over. */
export interface Fence {
  readonly of: 'model' | 'job';
  /** Of the model or the job. */
  readonly name: string;
  /** Id of the server that has it. */
  readonly server: string;
  /** Raised whenever another takes it over. */
  readonly fence: number;
}

/**
 * First statement of every transaction that decides something: nobody else can take over before it ends. Errors:
 * lease_lost when another has taken over, or when this server has not been heard of for too long.
 * Example: `await ledger.transaction().execute(async (trx) => { await requireFence(trx, fence); … })`
 */
export async function requireFence(trx: Transaction<Ledger>, fence: Fence): Promise<void> {
  const held = fence.of === 'model' ? await owned(trx, fence) : await leased(trx, fence);
  if (!held) throw new TiltmeterError('lease_lost', `another server has taken ${fence.name} over`);
}

async function owned(trx: Transaction<Ledger>, { name, server, fence }: Fence): Promise<boolean> {
  const row = await trx
    .selectFrom('owners')
    .innerJoin('servers', 'servers.id', 'owners.server')
    .select('owners.fence')
    .where('owners.model', '=', name)
    .where('owners.server', '=', server)
    .where('owners.fence', '=', fence)
    .where(deciding(trx))
    .forUpdate('owners')
    .executeTakeFirst();
  return row !== undefined;
}

async function leased(trx: Transaction<Ledger>, { name, server, fence }: Fence): Promise<boolean> {
  const row = await trx
    .selectFrom('leases')
    .innerJoin('servers', 'servers.id', 'leases.holder')
    .select('leases.fence')
    .where('leases.name', '=', name)
    .where('leases.holder', '=', server)
    .where('leases.fence', '=', fence)
    .where(deciding(trx))
    .forUpdate('leases')
    .executeTakeFirst();
  return row !== undefined;
}

/** Nobody decides about a model any more, also not who is about to: it is removed in this transaction. */
export async function disown(trx: Transaction<Ledger>, model: string): Promise<void> {
  await trx.deleteFrom('owners').where('model', '=', model).execute();
}

/** Whether a failure says that another server does this work now: it is dropped without a word. */
export function isLeaseLost(error: unknown): boolean {
  return error instanceof TiltmeterError && error.code === 'lease_lost';
}
