import { z } from 'zod';
import { StoredChange } from '../../contract/change.ts';
import { PageQuery, pageOf } from '../../contract/page.ts';
import { PredictionDetail, PredictionPage } from '../../contract/prediction.ts';
import { Receipt } from '../../contract/receipt.ts';
import { Reject, RejectChoice, RejectGroup } from '../../contract/reject.ts';
import { TimeRangeQuery } from '../../contract/time.ts';
import { type Route, route } from '../http/route.ts';
import { Lane } from '../store/lake/lane.ts';
import type { Ingest } from './ingest.ts';
import { listChanges } from './list-changes.ts';
import {
  EXPORT_FORMATS,
  EXPORT_TYPE,
  exportPredictions,
  MOST_EXPORTED,
} from './predictions/export-predictions.ts';
import type { LabelSearch } from './predictions/filter.ts';
import { getPrediction } from './predictions/get-prediction.ts';
import { searchPredictions } from './predictions/search-predictions.ts';
import { deleteRejects } from './rejects/delete-rejects.ts';
import { groupRejects } from './rejects/group-rejects.ts';
import { listRejects } from './rejects/list-rejects.ts';
import { replayRejects } from './rejects/replay-rejects.ts';
import { stageRoutes } from './stages/routes.ts';

const Conditions = z
  .union([z.string().max(1024), z.array(z.string().max(1024)).max(32)])
  .transform((where) => (typeof where === 'string' ? [where] : where))
  .default([]);

const FilterQuery = TimeRangeQuery.extend({ where: Conditions });

/** What was stored, read back. `labels`: how a search asks about labels, which a later room puts beside their predictions. `exported`: where pages of exports are read. */
export const eventRoutes = (
  ingest: Ingest,
  labels: LabelSearch,
  exported = new Lane({ width: 1 }),
): readonly Route[] => [
  ...stageRoutes,
  route({
    method: 'GET',
    path: '/api/v1/models/:model/predictions',
    summary: 'Search predictions, newest first unless sorted; where=column:operator:value may be repeated',
    tag: 'predictions',
    access: 'read',
    params: z.object({ model: z.string() }),
    query: PageQuery.extend(FilterQuery.shape).extend({
      cursor: z.string().max(2048).optional(),
      sort: z.string().max(512).optional(),
      total: z.stringbool().optional(),
    }),
    oneAtATime: true,
    reply: PredictionPage,
    handle: (ctx, { params, query }) => searchPredictions(ctx, params.model, query, labels),
  }),
  route({
    method: 'GET',
    path: '/api/v1/models/:model/export/predictions',
    summary: 'The newest predictions that fit, as one CSV or NDJSON file',
    tag: 'predictions',
    access: 'read',
    params: z.object({ model: z.string() }),
    query: FilterQuery.extend({
      format: z.enum(EXPORT_FORMATS).default('csv'),
      limit: z.coerce.number().int().min(1).max(MOST_EXPORTED).default(MOST_EXPORTED),
    }),
    produces: 'text/csv',
    async handle(ctx, { params, query, reply }) {
      const file = await exportPredictions(ctx, params.model, query, labels, exported);
      reply
        .header('content-type', EXPORT_TYPE[query.format])
        .header('content-disposition', `attachment; filename="${params.model}-predictions.${query.format}"`);
      return file;
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/models/:model/predictions/:id',
    summary: 'One prediction with its label',
    tag: 'predictions',
    access: 'read',
    params: z.object({ model: z.string(), id: z.string() }),
    reply: PredictionDetail,
    handle: (ctx, { params }) => getPrediction(ctx, params.model, params.id),
  }),
  route({
    method: 'GET',
    path: '/api/v1/changes',
    summary: 'Deployments and other changes, newest first',
    tag: 'changes',
    access: 'read',
    query: PageQuery.extend(TimeRangeQuery.shape).extend({ model: z.string().optional() }),
    reply: pageOf(StoredChange),
    handle: (ctx, { query }) => listChanges(ctx, query),
  }),
  route({
    method: 'GET',
    path: '/api/v1/rejects',
    summary: 'Events that were refused, newest first, with the reason',
    tag: 'ingest',
    access: 'read',
    query: PageQuery.extend({
      kind: z.string().optional(),
      model: z.string().optional(),
      code: z.string().optional(),
      replayed: z.stringbool().optional(),
    }),
    reply: pageOf(Reject),
    handle: (ctx, { query }) => listRejects(ctx, query),
  }),
  route({
    method: 'GET',
    path: '/api/v1/rejects/reasons',
    summary: 'Refused events by kind, model and reason, the most first',
    tag: 'ingest',
    access: 'read',
    reply: pageOf(RejectGroup).extend({ total: z.number() }),
    handle: (ctx) => groupRejects(ctx),
  }),
  route({
    method: 'POST',
    path: '/api/v1/rejects/delete',
    summary: 'Remove refused events for good',
    tag: 'ingest',
    access: 'write',
    bodyLimit: 128 * 1024,
    body: RejectChoice,
    handle: (ctx, { body }) => deleteRejects(ctx, body),
  }),
  route({
    method: 'POST',
    path: '/api/v1/rejects/replay',
    summary: 'Send refused events again, after what was wrong has been put right',
    tag: 'ingest',
    access: 'write',
    bodyLimit: 128 * 1024,
    body: RejectChoice,
    reply: Receipt,
    handle: (ctx, { body }) => replayRejects(ctx, ingest, body),
  }),
];
