import type { Ctx } from '../../context.ts';
import { visibleTo } from '../../jobs/servers.ts';
import { modelTable } from '../../models/columns/schemas.ts';
import { modelTableName } from '../../store/lake/model-table.ts';
import { newestArrivals } from '../arrivals.ts';
import type { Others } from './follow-others.ts';

/** The servers that share this ledger, and with it the lake. */
export function othersOf(ctx: Pick<Ctx, 'ledger'>): Others {
  return {
    visibleTo: () => visibleTo(ctx),
    async arrived(from) {
      const newest = [...(await newestArrivals(ctx))];
      return newest
        .filter(([, { predictions = 0 }]) => predictions >= from)
        .map(([model]) => modelTable(modelTableName(model)));
    },
  };
}
