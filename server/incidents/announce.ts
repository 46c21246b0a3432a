import type { Transaction } from 'kysely';
import type { Cause, Priority } from '../../contract/incident.ts';
import type { Ctx } from '../context.ts';
import type { Ledger } from '../store/ledger/schema.ts';

/** The incident as a notification tells it. Times are RFC 3339 in UTC. */
export interface Announced {
  readonly id: string;
  readonly model: string;
  readonly status: 'open' | 'acknowledged' | 'resolved';
  readonly priority: Priority;
  readonly title: string;
  readonly started_at: string;
  readonly last_at: string;
  readonly opened_at: string;
  readonly resolved_at: string | null;
  readonly causes: readonly Cause[];
}

/** Tells the world, in the transaction of the change it tells of. */
export type Announce = (
  ctx: Ctx,
  trx: Transaction<Ledger>,
  event: 'opened' | 'priority_raised' | 'resolved',
  incident: Announced,
) => Promise<void>;
