import { z } from 'zod';
import {
  Incident,
  IncidentChange,
  IncidentDetail,
  IncidentOrder,
  Priority,
} from '../../contract/incident.ts';
import { PageQuery, pageOf } from '../../contract/page.ts';
import { TimeRangeQuery } from '../../contract/time.ts';
import { type Route, route } from '../http/route.ts';
import type { Announce } from './announce.ts';
import { changeIncident } from './change-incident.ts';
import { getIncident } from './get-incident.ts';
import { listIncidents } from './list-incidents.ts';

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
      summary: 'Acknowledge, resolve, reopen, judge or comment an incident',
      tag: 'incidents',
      access: 'write',
      params: ById,
      body: IncidentChange,
      reply: IncidentDetail,
      handle: (ctx, { params, body }) => changeIncident(ctx, params.id, body, announce),
    }),
  ];
}
