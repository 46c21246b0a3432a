import { z } from 'zod';
import {
  Incident,
  IncidentChange,
  IncidentDetail,
  IncidentMerge,
  IncidentOrder,
  IncidentSplit,
  Priority,
  SimilarIncident,
} from '../../contract/incident.ts';
import { PageQuery, pageOf } from '../../contract/page.ts';
import { ResponseClocks, ResponseFigures } from '../../contract/response.ts';
import { TimeRangeQuery } from '../../contract/time.ts';
import { type Route, route } from '../http/route.ts';
import type { Announce } from './announce.ts';
import { changeIncident } from './change-incident.ts';
import { getIncident } from './get-incident.ts';
import { listSimilar } from './life/list-similar.ts';
import { mergeIncidents } from './life/merge-incidents.ts';
import { readPostmortem } from './life/read-postmortem.ts';
import { splitIncident } from './life/split-incident.ts';
import { listIncidents } from './list-incidents.ts';
import { changeClocks, listClocks } from './response/clocks.ts';
import { responseFigures } from './response/figures.ts';

const ById = z.object({ id: z.string().max(64) });

/** `announce`: how people are told that someone resolved an incident. */
export function incidentRoutes(announce: Announce): readonly Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/v1/incidents',
      summary: 'Incidents, the newest or the most urgent first, and how many there are in all',
      tag: 'incidents',
      access: 'read',
      query: PageQuery.extend(TimeRangeQuery.shape).extend({
        model: z.string().max(64).optional(),
        status: Incident.shape.status.optional(),
        priority: Priority.optional(),
        sort: IncidentOrder.optional(),
      }),
      reply: pageOf(Incident).extend({ total: z.number() }),
      handle: (ctx, { query }) => listIncidents(ctx, query),
    }),
    route({
      method: 'GET',
      path: '/api/v1/incidents/:id',
      summary: 'One incident with its timeline',
      tag: 'incidents',
      access: 'read',
      params: ById,
      reply: IncidentDetail,
      handle: (ctx, { params }) => getIncident(ctx, params.id),
    }),
    route({
      method: 'PATCH',
      path: '/api/v1/incidents/:id',
      summary: 'Acknowledge, assign, snooze, resolve, reopen, judge or comment an incident',
      tag: 'incidents',
      access: 'write',
      params: ById,
      body: IncidentChange,
      reply: IncidentDetail,
      handle: (ctx, { params, body }) => changeIncident(ctx, params.id, body, announce),
    }),
    route({
      method: 'POST',
      path: '/api/v1/incidents/:id/merge',
      summary: 'Make other incidents one with this',
      tag: 'incidents',
      access: 'write',
      params: ById,
      body: IncidentMerge,
      reply: IncidentDetail,
      handle: (ctx, { params, body }) => mergeIncidents(ctx, params.id, body.from, announce),
    }),
    route({
      method: 'POST',
      path: '/api/v1/incidents/:id/split',
      summary: 'Make an incident of its own of some alerts of this',
      tag: 'incidents',
      access: 'write',
      params: ById,
      body: IncidentSplit,
      reply: IncidentDetail,
      status: 201,
      handle: (ctx, { params, body }) => splitIncident(ctx, params.id, body.alerts, announce),
    }),
    route({
      method: 'GET',
      path: '/api/v1/incidents/:id/similar',
      summary: 'Past incidents that were like this one, and what helped',
      tag: 'incidents',
      access: 'read',
      params: ById,
      reply: pageOf(SimilarIncident),
      handle: (ctx, { params }) => listSimilar(ctx, params.id),
    }),
    route({
      method: 'GET',
      path: '/api/v1/incidents/:id/postmortem',
      summary: 'The incident as a post-mortem in Markdown',
      tag: 'incidents',
      access: 'read',
      params: ById,
      produces: 'text/markdown',
      reply: z.string(),
      handle(ctx, { params, reply }) {
        reply.type('text/markdown; charset=utf-8');
        return readPostmortem(ctx, params.id);
      },
    }),
    route({
      method: 'GET',
      path: '/api/v1/response-clocks',
      summary: 'How soon incidents of each priority are to be acknowledged and resolved',
      tag: 'incidents',
      access: 'read',
      reply: ResponseClocks,
      handle: (ctx) => listClocks(ctx),
    }),
    route({
      method: 'PUT',
      path: '/api/v1/response-clocks',
      summary: 'Set the clocks of priorities',
      tag: 'incidents',
      access: 'write',
      body: ResponseClocks,
      reply: ResponseClocks,
      handle: (ctx, { body }) => changeClocks(ctx, body),
    }),
    route({
      method: 'GET',
      path: '/api/v1/response-figures',
      summary: 'Mean times to detect, acknowledge and resolve, in all, by model and by cause',
      tag: 'incidents',
      access: 'read',
      query: TimeRangeQuery,
      reply: ResponseFigures,
      handle: (ctx, { query }) => responseFigures(ctx, query),
    }),
  ];
}
