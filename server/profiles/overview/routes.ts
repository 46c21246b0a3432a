import { z } from 'zod';
import { ColumnSummaries } from '../../../contract/column-summary.ts';
import { TimeInput } from '../../../contract/time.ts';
import { Traffic } from '../../../contract/traffic.ts';
import { type Route, route } from '../../http/route.ts';
import { getTraffic } from './get-traffic.ts';
import { listSummaries } from './list-summaries.ts';

const params = z.object({ model: z.string() });
const Range = z.object({ from: TimeInput.optional(), to: TimeInput.optional() });

export const overviewRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/v1/models/:model/columns',
    summary: 'Columns of a model with what they held: type, missing, range, histogram, most frequent values',
    tag: 'columns',
    access: 'read',
    params,
    query: Range,
    reply: ColumnSummaries,
    handle: (ctx, { params, query }) => listSummaries(ctx, params.model, query),
  }),
  route({
    method: 'GET',
    path: '/api/v1/models/:model/traffic',
    summary: 'Predictions per bucket, the one that is filling included, at most 400 points',
    tag: 'models',
    access: 'read',
    params,
    query: Range.extend({ step: z.coerce.number().int().positive().optional() }),
    reply: Traffic,
    handle: (ctx, { params, query }) => getTraffic(ctx, params.model, query),
  }),
];
