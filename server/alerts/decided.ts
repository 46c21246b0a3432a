import type { Transaction } from 'kysely';
import type { Ctx } from '../context.ts';
import type { AlertRow, Ledger, ModelRow } from '../store/ledger/schema.ts';
import type { Episode } from './series.ts';

/** One alert with the stretches in which it fired during an evaluation. */
export interface DecidedAlert {
  readonly alert: AlertRow;
  readonly severity: 'page' | 'ticket';
  readonly episodes: readonly Episode[];
}

/** What one evaluation decided about a model. */
export interface Decided {
  readonly model: ModelRow;
  /** Start of the last judged bucket, event time. */
  readonly time: number;
  /** Alerts that fired at some time in it. */
  readonly alerts: readonly DecidedAlert[];
}

/** What comes after the decision, in the same transaction. */
export type Respond = (ctx: Ctx, trx: Transaction<Ledger>, decided: Decided) => Promise<void>;
