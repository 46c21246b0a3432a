import { z } from 'zod';
import { pageOf } from '../../contract/page.ts';
import { Erasure, SubjectQuery, SubjectSummary } from '../../contract/subject.ts';
import { authorise } from '../authorise.ts';
import { type Route, route } from '../http/route.ts';
import type { Protections } from '../models/privacy/protections.ts';
import { allOf, eraseSubject, getErasure, listErasures, summariseSubject } from './erase-subject.ts';
import { exportSubject, SUBJECT_FORMATS } from './export-subject.ts';

const params = z.object({ model: z.string() });
const common = { tag: 'predictions', params } as const;

/** What is stored of a person: counted, exported, erased. */
export const subjectRoutes = (protections: Protections): readonly Route[] => [
  route({
    ...common,
    method: 'GET',
    path: '/api/v1/models/:model/subject',
    summary:
      'How much is stored of a subject (id=… or where=column:eq:value, may be repeated), and what would stay',
    access: 'read',
    oneAtATime: true,
    query: SubjectQuery,
    reply: SubjectSummary,
    handle: (ctx, { params, query }) => summariseSubject(ctx, protections, params.model, query),
  }),
  route({
    ...common,
    method: 'GET',
    path: '/api/v1/models/:model/export/subject',
    summary:
      'All that is stored of a subject: predictions, labels, outcomes, refused events, stage records, review items, labelled rows (for admins), telemetry',
    access: 'read',
    query: SubjectQuery.extend({ format: z.enum(SUBJECT_FORMATS).default('ndjson') }),
    produces: 'application/x-ndjson',
    async handle(ctx, { params, query: { format, ...asked }, reply }) {
      authorise(ctx.actor, 'read');
      const { model, erasing } = await allOf(ctx, protections, params.model, asked);
      const file = await exportSubject(ctx, erasing, format);
      reply
        .header('content-type', format === 'json' ? 'application/json' : 'application/x-ndjson')
        .header('content-disposition', `attachment; filename="${model.id}-subject.${format}"`);
      return file;
    },
  }),
  route({
    ...common,
    method: 'DELETE',
    path: '/api/v1/models/:model/predictions',
    summary:
      'Erase what is stored of a subject (id=… or where=column:eq:value, may be repeated), in the background; cannot be undone',
    access: 'admin',
    query: SubjectQuery,
    reply: Erasure,
    status: 202,
    handle: (ctx, { params, query }) => eraseSubject(ctx, protections, params.model, query),
  }),
  route({
    ...common,
    method: 'GET',
    path: '/api/v1/models/:model/erasures',
    summary: 'What was erased of a model, the newest first; whom it was about is not kept',
    access: 'read',
    reply: pageOf(Erasure),
    handle: (ctx, { params }) => listErasures(ctx, params.model),
  }),
  route({
    ...common,
    method: 'GET',
    path: '/api/v1/models/:model/erasures/:erasure',
    summary: 'How far an erasure is',
    params: params.extend({ erasure: z.string() }),
    access: 'read',
    reply: Erasure,
    handle: (ctx, { params }) => getErasure(ctx, params.model, params.erasure),
  }),
];
