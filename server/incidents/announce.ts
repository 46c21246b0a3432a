import type { Transaction } from 'kysely';
import type { Incident } from '../../contract/incident.ts';
import type { Ctx } from '../context.ts';
import type { Ledger } from '../store/ledger/schema.ts';

/** The incident as a notification tells it. */
export type Announced = Omit<Incident, 'alerts' | 'model_names' | 'response'>;

export type AnnouncedEvent =
  | 'opened'
  | 'priority_raised'
  | 'snooze_over'
  /** Another model is concerned: news to those alone who were not told of it before. */
  | 'spread'
  | 'escalated'
  | 'approval_asked'
  | 'resolved'
  | 'reopened';

/**
 * Tells the world, in the transaction of the change it tells of, which holds the incident's row: calls for one incident
 * are told in the order in which they were made.
 */
export type Announce = (
  ctx: Ctx,
  trx: Transaction<Ledger>,
  event: AnnouncedEvent,
  incident: Announced,
) => Promise<void>;
