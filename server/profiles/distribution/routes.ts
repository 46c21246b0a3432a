import { z } from 'zod';
import { ColumnTimeline } from '../../../contract/distribution.ts';
import { SegmentKey } from '../../../contract/segment.ts';
import { TimeInput } from '../../../contract/time.ts';
import { type Route, route } from '../../http/route.ts';
import { getTimeline } from './get-timeline.ts';

const ByColumn = z.object({ model: z.string(), column: z.string() });
const Range = z.object({ from: TimeInput.optional(), to: TimeInput.optional() });

export const distributionRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/v1/models/:model/columns/:column/timeline',
    summary: 'Quantiles, missing, invalid and new values of one column over time, at most 400 points',
    tag: 'columns',
    access: 'read',
    params: ByColumn,
    query: Range.extend({
      step: z.coerce.number().int().positive().optional(),
      version: z.string().max(128).optional(),
      segment: SegmentKey.optional(),
    }),
    reply: ColumnTimeline,
    handle: (ctx, { params, query }) => getTimeline(ctx, params.model, params.column, query),
  }),
];
