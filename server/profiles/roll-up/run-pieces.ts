import { TiltmeterError } from '../../../contract/errors.ts';
import type { Ctx } from '../../context.ts';
import { engineCode, UNKNOWN_TABLE } from '../../store/lake/engine-error.ts';
import { type Failure, HELD_AT_MOST } from './held.ts';
import type { Lanes, Statement } from './plan.ts';

/** Bytes one statement may use, so that senders keep the rest of the engine's memory while a large bucket is recomputed. */
export const MEMORY = 96 * 1024 * 1024;

export interface PieceOptions {
  readonly revision: number;
  readonly lanes: Lanes;
  readonly memoryBytes: number;
}

/**
 * Runs statements, a few at a time, each after asking for its turn; one that needs too much memory, or fails for a reason
 * of its own, is done in parts. Answers with the pieces that failed and cannot be parted. A store that is not there, or a
 * full disk, fails the whole: later statements would too.
 */
export async function runPieces(
  ctx: Pick<Ctx, 'lake' | 'turn'>,
  statements: Iterable<Statement>,
  options: PieceOptions,
): Promise<Failure[]> {
  const failures: Failure[] = [];
  await inLanes(options.lanes, statements, (statement) => run(ctx, statement, options, failures));
  return failures;
}

async function run(
  ctx: Pick<Ctx, 'lake' | 'turn'>,
  statement: Statement,
  { revision, memoryBytes, lanes }: PieceOptions,
  failures: Failure[],
): Promise<void> {
  await ctx.turn();
  const { sql, params } = statement;
  const attempt = (bytes: number) =>
    ctx.lake.command(sql, { ...params, revision }, { maxMemoryBytes: bytes, background: true });
  try {
    await attempt(memoryBytes);
  } catch (error) {
    if (!isItsOwn(error)) throw error;
    const parts = statement.parts();
    for (const part of parts) await run(ctx, part, { revision, memoryBytes, lanes }, failures);
    if (parts.length > 0) return;
    // The last of it may have more.
    await attempt(2 * memoryBytes).catch((again) => {
      if (!isItsOwn(again) || statement.leaf === undefined || failures.length >= HELD_AT_MOST) throw again;
      failures.push({ ...statement.leaf, message: (again as Error).message });
    });
  }
}

/** Whether it failed for a reason that lies in the statement, not in the store. */
export function isItsOwn(error: unknown): boolean {
  if (!(error instanceof TiltmeterError)) return false;
  return (
    error.code === 'query_too_large' ||
    (error.code === 'internal' && error.cause !== undefined && engineCode(error) !== UNKNOWN_TABLE)
  );
}

/** Runs every task, a few at a time and in any order; rejects with the first failure once nothing runs any more. */
async function inLanes<T>(lanes: Lanes, tasks: Iterable<T>, run: (task: T) => Promise<void>): Promise<void> {
  const queue = tasks[Symbol.iterator]();
  let failed = false;
  async function lane(): Promise<void> {
    for (let next = queue.next(); !next.done && !failed; next = queue.next()) {
      try {
        await run(next.value);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  }
  const ends = await Promise.allSettled(Array.from({ length: lanes }, lane));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}
