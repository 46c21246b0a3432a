import type { Ctx } from '../context.ts';
import { type Fence, requireFence } from '../jobs/fence.ts';
import type { Announce } from './announce.ts';
import { type Passed, settle } from './correlate.ts';
import { readModels } from './models.ts';
import { saveIncidents } from './save-incidents.ts';
import { modelsOf } from './thread.ts';
import { holdIncidents } from './thread-store.ts';

/** Incidents that are resolved in one transaction. */
const AT_ONCE = 100;

/** An incident that is not over and of which nothing fires. */
export interface Quiet {
  readonly id: string;
  /** Event time of the last change of any of its alerts. */
  readonly lastAt: number;
  /** Whose alerts it holds. */
  readonly models: readonly string[];
}

/** The incidents that wait for nothing but time. No history is read. */
export async function quietIncidents({ ledger }: Pick<Ctx, 'ledger'>): Promise<Quiet[]> {
  const rows = await ledger
    .selectFrom('incidents')
    .innerJoin('incident_alerts as member', 'member.incident', 'incidents.id')
    .select(['incidents.id', 'incidents.last_at', 'member.model'])
    .distinct()
    .where('incidents.status', '!=', 'resolved')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('incident_alerts as other')
            .select('other.alert')
            .whereRef('other.incident', '=', 'incidents.id')
            .where('other.firing', '=', 1),
        ),
      ),
    )
    .orderBy('incidents.id')
    .execute();
  const groups = Map.groupBy(rows, ({ id }) => id);
  return [...groups].map(([id, members]) => ({
    id,
    lastAt: members[0]!.last_at,
    models: members.map(({ model }) => model),
  }));
}

/** Resolves those of the incidents that are quiet for long enough still. */
export async function settleQuiet(
  ctx: Ctx,
  fence: Fence,
  quiet: readonly Pick<Quiet, 'id'>[],
  passed: Passed,
  announce: Announce,
): Promise<void> {
  for (let i = 0; i < quiet.length; i += AT_ONCE) {
    const some = quiet.slice(i, i + AT_ONCE);
    await ctx.ledger.transaction().execute(async (trx) => {
      await requireFence(trx, fence);
      const held = await holdIncidents(
        trx,
        some.map(({ id }) => id),
      );
      const threads = held.map(({ thread }) => thread);
      const { rows, rules } = await readModels({ ledger: trx }, threads.flatMap(modelsOf));
      await saveIncidents(ctx, trx, held, settle(threads, passed, rules), rows, announce);
    });
  }
}
