import { z } from 'zod';
import { Alert, AlertState } from '../../contract/alert.ts';
import { Layer } from '../../contract/layer.ts';
import { Monitor, MonitorChange, MonitorKind, NewMonitor } from '../../contract/monitor.ts';
import { PageQuery, pageOf } from '../../contract/page.ts';
import { Signal } from '../../contract/signal.ts';
import { epochMs, TimeInput } from '../../contract/time.ts';
import { listAlerts } from '../alerts/list-alerts.ts';
import { type Route, route } from '../http/route.ts';
import { readSignals } from '../signals/read-signals.ts';
import { changeMonitor } from './change-monitor.ts';
import { createMonitor } from './create-monitor.ts';
import { deleteMonitor } from './delete-monitor.ts';
import { KINDS } from './kinds/index.ts';
import { listKinds } from './list-kinds.ts';
import { listMonitors } from './list-monitors.ts';

const ById = z.object({ id: z.string().max(64) });
const Filter = z.string().max(512).optional();

/** Kinds that this version does not know have no series: they are no error. */
const KindId = z.string().max(64);

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
  /** Quality as known now, or as known when it was judged. */
  known: z.enum(['now', 'then']).default('now'),
  /** `columns`: all columns of a monitor as one series, the worst of them at each step. */
  fold: z.enum(['columns']).optional(),
});

export const monitorRoutes: readonly Route[] = [
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
      const { from, to, points, known, fold, kind, ...filters } = query;
      const range = {
        ...filters,
        kind: kind === undefined ? kindsOf(query.layer) : [kind].flat(),
        model: params.model,
        from: from === undefined ? undefined : epochMs(from),
        to: to === undefined ? undefined : epochMs(to),
      };
      return {
        items: await readSignals(ctx, range, { points, known, fold: fold === 'columns' }),
        next_cursor: null,
      };
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/alerts',
    summary: 'The state of every monitored series, with its reason',
    tag: 'monitors',
    access: 'read',
    query: PageQuery.extend({ model: Filter, state: AlertState.optional() }),
    reply: pageOf(Alert),
    handle: (ctx, { query }) => listAlerts(ctx, query),
  }),
  route({
    method: 'GET',
    path: '/api/v1/kinds',
    summary: 'Kinds of monitor, with what they measure and what they may be set to',
    tag: 'monitors',
    access: 'read',
    reply: pageOf(MonitorKind),
    handle: (ctx) => listKinds(ctx),
  }),
  route({
    method: 'GET',
    path: '/api/v1/monitors',
    summary: 'Monitors, the default ones included',
    tag: 'monitors',
    access: 'read',
    query: PageQuery.extend({ model: Filter }),
    reply: pageOf(Monitor),
    handle: (ctx, { query }) => listMonitors(ctx, query),
  }),
  route({
    method: 'POST',
    path: '/api/v1/monitors',
    summary: 'Add a monitor',
    tag: 'monitors',
    access: 'write',
    body: NewMonitor,
    reply: Monitor,
    status: 201,
    handle: (ctx, { body }) => createMonitor(ctx, body),
  }),
  route({
    method: 'PATCH',
    path: '/api/v1/monitors/:id',
    summary: 'Change a monitor, or switch it on or off',
    tag: 'monitors',
    access: 'write',
    params: ById,
    body: MonitorChange,
    reply: Monitor,
    handle: (ctx, { params, body }) => changeMonitor(ctx, params.id, body),
  }),
  route({
    method: 'DELETE',
    path: '/api/v1/monitors/:id',
    summary: 'Remove a monitor; its signals stay',
    tag: 'monitors',
    access: 'write',
    params: ById,
    handle: (ctx, { params }) => deleteMonitor(ctx, params.id),
  }),
];

/** The store is ordered by kind, not by layer. */
function kindsOf(layer: string | undefined): string[] | undefined {
  if (layer === undefined) return undefined;
  return KINDS.filter((kind) => kind.layer === layer).map(({ id }) => id);
}
