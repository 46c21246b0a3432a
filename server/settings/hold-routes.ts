import { z } from 'zod';
import { Hold, ModelHold, NewHold } from '../../contract/hold.ts';
import { LARGE_BODY, type Route, route } from '../http/route.ts';
import type { Protections } from '../models/privacy/protections.ts';
import { dropHold, getHold, runHold, setHold } from './hold.ts';

const params = z.object({ model: z.string().max(64) });
const common = { tag: 'models', params } as const;
const path = '/api/v1/models/:model/hold';

/** The labelled set of a model, run through its endpoint again and again. */
export const holdRoutes = (protections: Protections): readonly Route[] => [
  route({
    ...{ ...common, method: 'GET', path, access: 'read' },
    summary: 'The labelled set of a model and what its runs through the endpoint showed',
    reply: ModelHold,
    handle: (ctx, { params }) => getHold(ctx, params.model),
  }),
  route({
    ...{ ...common, method: 'PUT', path, access: 'admin' },
    summary: 'Give a model a labelled set, its endpoint and how often it is run; in place of the one before',
    bodyLimit: LARGE_BODY,
    body: NewHold,
    reply: Hold,
    handle: (ctx, { params, body }) => setHold(ctx, protections, params.model, body),
  }),
  route({
    ...{ ...common, method: 'POST', path: `${path}/run`, access: 'write' },
    summary: 'Run the labelled set of a model now',
    reply: Hold,
    handle: (ctx, { params }) => runHold(ctx, params.model),
  }),
  route({
    ...{ ...common, method: 'DELETE', path, access: 'admin' },
    summary: 'Remove the labelled set of a model with its runs and what watches it',
    handle: (ctx, { params }) => dropHold(ctx, params.model),
  }),
];
