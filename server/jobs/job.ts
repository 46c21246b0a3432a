import type { Ctx } from '../context.ts';
import type { Fence } from './fence.ts';

/** Something that runs by itself, on every server, `everyMs` after its run before. */
export interface ServerJob {
  readonly name: string;
  readonly everyMs: number;
  readonly scope: 'server';
  /** May die between any two statements. */
  run(ctx: Ctx): Promise<void>;
}

/** Something that runs by itself on one server at a time; whoever has its lease keeps it for as long as it lives. */
export interface SingleJob {
  readonly name: string;
  readonly everyMs: number;
  readonly scope: 'one';
  /** May die between any two statements. What it decides it decides after `requireFence(trx, fence)`. */
  run(ctx: Ctx, fence: Fence): Promise<void>;
}

/**
 * Something that is done for one model after the other, each on the server that owns it: of those that have something
 * to do the least recently served first, never the same one twice at once. A model that fails is held back by itself.
 */
export interface ModelJob {
  readonly name: string;
  /** How often it is asked which models have something to do. */
  readonly everyMs: number;
  /** How many models are served at once; 2 when absent. */
  readonly workers?: number;
  readonly scope: 'model';
  /** Which of the models that this server owns have something to do. */
  waiting(ctx: Ctx, owned: readonly string[]): Promise<readonly string[]>;
  /** May die between any two statements. What it decides it decides after `requireFence(trx, fence)`. */
  run(ctx: Ctx, fence: Fence): Promise<void>;
}

export type Job = ServerJob | SingleJob | ModelJob;
