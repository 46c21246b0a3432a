import { z } from 'zod';
import { Alert, AlertState } from '../../contract/alert.ts';
import { Anomalies } from '../../contract/anomalies.ts';
import {
  Monitor,
  MonitorChange,
  MonitorKind,
  MonitorPreview,
  MonitorTrial,
  NewMonitor,
} from '../../contract/monitor.ts';
import { PageQuery, pageOf } from '../../contract/page.ts';
import { epochMs, TimeRangeQuery } from '../../contract/time.ts';
import { listAlerts } from '../alerts/list-alerts.ts';
import { LARGE_BODY, type Route, route } from '../http/route.ts';
import { changeMonitor } from './configure/change-monitor.ts';
import { createMonitor } from './configure/create-monitor.ts';
import { deleteMonitor } from './configure/delete-monitor.ts';
import { listMonitors } from './configure/list-monitors.ts';
import { previewMonitor } from './configure/preview-monitor.ts';
import { listKinds } from './list-kinds.ts';
import { signalRoutes } from './signal-routes.ts';
import { readAnomalies } from './watched/read-anomalies.ts';

const ById = z.object({ id: z.string().max(64) });
const Filter = z.string().max(512).optional();

export const monitorRoutes: readonly Route[] = [
  ...signalRoutes,
  route({
    method: 'GET',
    path: '/api/v1/models/:model/anomalies',
    summary: 'A signal with its forecast, its anomalies and changes, and the thresholds that it suggests',
    tag: 'monitors',
    access: 'read',
    params: z.object({ model: z.string().max(64) }),
    query: TimeRangeQuery.extend({
      /** `kind/metric`, of a column `kind/metric/column`. */
      series: z.string().max(600),
      /** As that of a monitor `anomaly`. */
      threshold: z.coerce.number().gt(0).max(1000).default(2),
    }),
    oneAtATime: true,
    reply: Anomalies,
    handle: (ctx, { params, query: { series, threshold, from, to } }) =>
      readAnomalies(ctx, params.model, {
        ...{ series, threshold },
        from: from === undefined ? undefined : epochMs(from),
        to: to === undefined ? undefined : epochMs(to),
      }),
  }),
  route({
    method: 'GET',
    path: '/api/v1/alerts',
    summary: 'The state of every monitored series, with its reason',
    tag: 'monitors',
    access: 'read',
    query: PageQuery.extend({
      model: Filter,
      state: AlertState.optional(),
      kind: Filter,
      layer: Filter,
      monitor: Filter,
      column: Filter,
      segment: Filter,
    }),
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
    query: PageQuery.extend({ model: Filter, kind: Filter }),
    reply: pageOf(Monitor),
    handle: (ctx, { query }) => listMonitors(ctx, query),
  }),
  route({
    method: 'POST',
    path: '/api/v1/monitors',
    summary: 'Add a monitor',
    tag: 'monitors',
    access: 'write',
    bodyLimit: LARGE_BODY,
    body: NewMonitor,
    reply: Monitor,
    status: 201,
    handle: (ctx, { body }) => createMonitor(ctx, body),
  }),
  route({
    method: 'POST',
    path: '/api/v1/monitors/preview',
    summary: 'How often a monitor would have fired, before it is made or changed; nothing is stored',
    tag: 'monitors',
    access: 'read',
    bodyLimit: LARGE_BODY,
    body: MonitorTrial,
    reply: MonitorPreview,
    handle: (ctx, { body }) => previewMonitor(ctx, body),
  }),
  route({
    method: 'PATCH',
    path: '/api/v1/monitors/:id',
    summary: 'Change a monitor, or switch it on or off',
    tag: 'monitors',
    access: 'write',
    params: ById,
    bodyLimit: LARGE_BODY,
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
