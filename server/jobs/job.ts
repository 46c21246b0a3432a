import type { Ctx } from '../context.ts';

/** Something that runs by itself, on one server at a time (a lease in the ledger settles which). */
export interface Job {
  readonly name: string;
  readonly everyMs: number;
  /** Jobs with the same lease never run at the same time, on any server; the job's own name when absent. */
  readonly lease?: string;
  /** Idempotent: it may run twice, or die between any two statements. */
  run(ctx: Ctx): Promise<void>;
}
