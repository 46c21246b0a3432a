import { z } from 'zod';
import { Drill, DrillDetail, NewDrill } from '../../contract/drill.ts';
import { ModelName } from '../../contract/name.ts';
import { PageQuery, pageOf } from '../../contract/page.ts';
import { LARGE_BODY, type Route, route } from '../http/route.ts';
import { getDrill, keepDrill, listDrills } from './drills.ts';
import { drillReport } from './report.ts';

const ById = z.object({ id: z.string().max(64) });

/** Drills that people keep. */
export const drillRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/api/v1/drills',
    summary: 'Keep what a drill found',
    tag: 'drills',
    access: 'write',
    body: NewDrill,
    bodyLimit: 4 * LARGE_BODY,
    reply: Drill,
    status: 201,
    handle: (ctx, { body }) => keepDrill(ctx, body),
  }),
  route({
    method: 'GET',
    path: '/api/v1/drills',
    summary: 'Drills that were kept, the newest first',
    tag: 'drills',
    access: 'read',
    query: PageQuery.extend({ model: ModelName.optional() }),
    reply: pageOf(Drill),
    handle: (ctx, { query }) => listDrills(ctx, query),
  }),
  route({
    method: 'GET',
    path: '/api/v1/drills/:id',
    summary: 'One drill, with what became of each fault',
    tag: 'drills',
    access: 'read',
    params: ById,
    reply: DrillDetail,
    handle: (ctx, { params }) => getDrill(ctx, params.id),
  }),
  route({
    method: 'GET',
    path: '/api/v1/drills/:id/report',
    summary: 'The drill as a report in Markdown',
    tag: 'drills',
    access: 'read',
    params: ById,
    produces: 'text/markdown',
    reply: z.string(),
    async handle(ctx, { params, reply }) {
      const drill = await getDrill(ctx, params.id);
      reply
        .header('content-type', 'text/markdown; charset=utf-8')
        .header('content-disposition', `attachment; filename="drill-${drill.id}.md"`);
      return drillReport(drill);
    },
  }),
];
