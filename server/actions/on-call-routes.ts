import { z } from 'zod';
import { Escalation, NewEscalation } from '../../contract/escalation.ts';
import { PageQuery, pageOf } from '../../contract/page.ts';
import { NewRota, Rota, RotaPreview } from '../../contract/rota.ts';
import { NewSilence, Silence, SilencePreview, SilenceQuestion } from '../../contract/silence.ts';
import { type Route, route } from '../http/route.ts';
import { deleteEscalation, listEscalations, saveEscalation } from './escalation/escalations.ts';
import { deleteRota, listRotas, previewRota, saveRota } from './rotas/rotas.ts';
import { createSilence } from './silences/create-silence.ts';
import { endSilence } from './silences/end-silence.ts';
import { listSilences } from './silences/list-silences.ts';
import { previewSilence } from './silences/preview-silence.ts';

const ById = z.object({ id: z.string().max(64) });

/** Who is told when, and who is not. */
export const onCallRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/v1/silences',
    summary: 'Silences and maintenance windows, the newest first',
    tag: 'on call',
    access: 'read',
    query: PageQuery,
    reply: pageOf(Silence),
    handle: (ctx, { query }) => listSilences(ctx, query),
  }),
  route({
    method: 'POST',
    path: '/api/v1/silences',
    summary: 'Tell nobody of incidents that matchers hold for, for a time',
    tag: 'on call',
    access: 'write',
    body: NewSilence,
    reply: Silence,
    status: 201,
    handle: (ctx, { body }) => createSilence(ctx, body),
  }),
  route({
    method: 'POST',
    path: '/api/v1/silences/preview',
    summary: 'What a silence would have kept from people in the past days',
    tag: 'on call',
    access: 'read',
    body: SilenceQuestion,
    reply: SilencePreview,
    handle: (ctx, { body }) => previewSilence(ctx, body),
  }),
  route({
    method: 'DELETE',
    path: '/api/v1/silences/:id',
    summary: 'End a silence now',
    tag: 'on call',
    access: 'write',
    params: ById,
    reply: Silence,
    handle: (ctx, { params }) => endSilence(ctx, params.id),
  }),
  route({
    method: 'GET',
    path: '/api/v1/rotas',
    summary: 'Rotas, with who is on call now and who is next',
    tag: 'on call',
    access: 'read',
    reply: pageOf(Rota),
    handle: (ctx) => listRotas(ctx),
  }),
  route({
    method: 'POST',
    path: '/api/v1/rotas',
    summary: 'Add a rota',
    tag: 'on call',
    access: 'write',
    body: NewRota,
    reply: Rota,
    status: 201,
    handle: (ctx, { body }) => saveRota(ctx, body),
  }),
  route({
    method: 'POST',
    path: '/api/v1/rotas/preview',
    summary: 'Whose turns would come next by a rota that is not kept yet',
    tag: 'on call',
    access: 'read',
    body: NewRota,
    reply: RotaPreview,
    handle: (ctx, { body }) => previewRota(ctx, body),
  }),
  route({
    method: 'PUT',
    path: '/api/v1/rotas/:id',
    summary: 'Change a rota as a whole',
    tag: 'on call',
    access: 'write',
    params: ById,
    body: NewRota,
    reply: Rota,
    handle: (ctx, { params, body }) => saveRota(ctx, body, params.id),
  }),
  route({
    method: 'DELETE',
    path: '/api/v1/rotas/:id',
    summary: 'Remove a rota',
    tag: 'on call',
    access: 'write',
    params: ById,
    handle: (ctx, { params }) => deleteRota(ctx, params.id),
  }),
  route({
    method: 'GET',
    path: '/api/v1/escalations',
    summary: 'Who is told further when nobody acknowledges an incident',
    tag: 'on call',
    access: 'read',
    reply: pageOf(Escalation),
    handle: (ctx) => listEscalations(ctx),
  }),
  route({
    method: 'POST',
    path: '/api/v1/escalations',
    summary: 'Add an escalation',
    tag: 'on call',
    access: 'write',
    body: NewEscalation,
    reply: Escalation,
    status: 201,
    handle: (ctx, { body }) => saveEscalation(ctx, body),
  }),
  route({
    method: 'PUT',
    path: '/api/v1/escalations/:id',
    summary: 'Change an escalation as a whole',
    tag: 'on call',
    access: 'write',
    params: ById,
    body: NewEscalation,
    reply: Escalation,
    handle: (ctx, { params, body }) => saveEscalation(ctx, body, params.id),
  }),
  route({
    method: 'DELETE',
    path: '/api/v1/escalations/:id',
    summary: 'Remove an escalation',
    tag: 'on call',
    access: 'write',
    params: ById,
    handle: (ctx, { params }) => deleteEscalation(ctx, params.id),
  }),
];
