import type { Ctx } from '../../context.ts';
import { type Fence, requireFence } from '../../jobs/fence.ts';
import type { ConfigProblem } from './read-config.ts';

const MESSAGE_LENGTH = 1000;
const MOST = 200;

/** Writes what is wrong with where targets are found, instead of all that was. Errors: lease_lost. */
export async function writeProblems(
  { ledger }: Pick<Ctx, 'ledger'>,
  fence: Fence,
  problems: readonly ConfigProblem[],
): Promise<void> {
  const rows = problems
    .slice(0, MOST)
    .map(({ job, message }, place) => ({ place, job, message: message.slice(0, MESSAGE_LENGTH) }));
  await ledger.transaction().execute(async (trx) => {
    await requireFence(trx, fence);
    await trx.deleteFrom('scrape_problems').execute();
    if (rows.length > 0) await trx.insertInto('scrape_problems').values(rows).execute();
  });
}

/** What is wrong with where targets are found, as the server that scrapes says. */
export function readProblems({ ledger }: Pick<Ctx, 'ledger'>): Promise<ConfigProblem[]> {
  return ledger.selectFrom('scrape_problems').select(['job', 'message']).orderBy('place').execute();
}
