import type { Transaction } from 'kysely';
import { silence } from '../../alerts/silence.ts';
import { audit } from '../../audit/audit.ts';
import type { Ctx } from '../../context.ts';
import { featureOf, isAttribution } from '../../models/columns/attributions.ts';
import { readGrids } from '../../models/columns/grids.ts';
import { modelColumns } from '../../models/find-model.ts';
import type { Ledger } from '../../store/ledger/schema.ts';
import { kindOf } from '../kinds/index.ts';
import type { Options } from '../options.ts';

/**
 * A column is removed: its alerts cease to fire, monitors that name it name it no more, and those that look at nothing else
 * are removed with it. In the transaction of the removal.
 */
export async function forgetColumn(
  ctx: Pick<Ctx, 'clock' | 'actor' | 'vault' | 'request'>,
  trx: Transaction<Ledger>,
  model: string,
  column: string,
): Promise<void> {
  const columns = await modelColumns({ ledger: trx }, model);
  const others = columns.map(({ name }) => name).filter((name) => name !== column);
  const explaining = [...(await readGrids({ ledger: trx }, model)).keys()]
    .filter(isAttribution)
    .map(featureOf);
  const monitors = await trx.selectFrom('monitors').selectAll().where('model', '=', model).execute();
  for (const monitor of monitors.filter(({ kind }) => kindOf(kind)?.reads === 'attributions'))
    await silence(ctx, trx, monitor, 'no_longer_watched', [
      '',
      ...explaining.filter((name) => name !== column),
    ]);
  for (const monitor of monitors.filter(({ kind }) => kindOf(kind)?.perColumn)) {
    await silence(ctx, trx, monitor, 'no_longer_watched', others);
    const options = JSON.parse(monitor.options) as Options;
    const named = Array.isArray(options.columns) ? (options.columns as readonly string[]) : [];
    if (!named.includes(column)) continue;
    const left = named.filter((name) => name !== column);
    if (left.length > 0) {
      await trx
        .updateTable('monitors')
        .set({ options: JSON.stringify({ ...options, columns: left }), updated_at: ctx.clock() })
        .where('id', '=', monitor.id)
        .execute();
    } else {
      await trx.deleteFrom('monitors').where('id', '=', monitor.id).execute();
      await audit(ctx, trx, 'monitor.delete', monitor.id, { model, kind: monitor.kind, column });
    }
  }
}
