import { z } from 'zod';
import { Layer } from '../../contract/layer.ts';
import { pageOf } from '../../contract/page.ts';
import { Signal } from '../../contract/signal.ts';
import { epochMs, TimeInput } from '../../contract/time.ts';
import { type Route, route } from '../http/route.ts';
import { pageFrom } from '../page.ts';
import { readEveryValue } from '../signals/read-every-value.ts';
import { readSignals, seriesCursor } from '../signals/read-signals.ts';
import { KINDS, LOWER_IS_WORSE } from './kinds/index.ts';

const Filter = z.string().max(512).optional();
/** Kinds that this version does not know have no series: they are no error. */
const KindId = z.string().max(64);

/** Series of a page, or values of one with `fold=none`. */
const SERIES = 1_000;
const VALUES = 10_000;

const SignalQuery = z.object({
  from: TimeInput.optional(),
  to: TimeInput.optional(),
  monitor: Filter,
  /** May be repeated. */
  kind: z.union([KindId, z.array(KindId).max(64)]).optional(),
  metric: Filter,
  layer: Layer.optional(),
  column: Filter,
  segment: Filter,
  version: Filter,
  /** Values per series at most; of what falls together the worst is kept. */
  points: z.coerce.number().int().min(1).max(10_000).default(400),
  /** As known now, or as first judged. */
  known: z.enum(['now', 'then']).default('now'),
  /**
   * `none`: every bucket, a page at a time; `columns`: all columns of a monitor as one series, the worst of them at each
   * step.
   */
  fold: z.enum(['none', 'columns']).optional(),
  /** Series of a page at most, 1,000 when absent; with `fold=none` values, 10,000 when absent. */
  limit: z.coerce.number().int().min(1).max(100_000).optional(),
  cursor: z.string().max(8_192).optional(),
});

export const signalRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/v1/models/:model/signals',
    summary: 'Every value the monitors computed, as series over time',
    tag: 'monitors',
    access: 'read',
    params: z.object({ model: z.string().max(64) }),
    query: SignalQuery,
    reply: pageOf(Signal),
    async handle(ctx, { params, query }) {
      const { from, to, points, known, fold, kind, cursor, limit, ...filters } = query;
      const range = {
        ...filters,
        kind: kind === undefined ? kindsOf(query.layer) : [kind].flat(),
        model: params.model,
        from: from === undefined ? undefined : epochMs(from),
        to: to === undefined ? undefined : epochMs(to),
      };
      if (fold === 'none') return readEveryValue(ctx, range, { known, limit: limit ?? VALUES, cursor });
      const most = Math.min(limit ?? SERIES, SERIES);
      const page = { points, known, columns: fold === 'columns', lower: LOWER_IS_WORSE, cursor };
      return pageFrom(await readSignals(ctx, range, { ...page, limit: most + 1 }), most, seriesCursor);
    },
  }),
];

/** The store is ordered by kind, not by layer. */
function kindsOf(layer: string | undefined): string[] | undefined {
  if (layer === undefined) return undefined;
  return KINDS.filter((kind) => kind.layer === layer).map(({ id }) => id);
}
