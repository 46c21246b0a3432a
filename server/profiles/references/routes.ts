import type { Readable } from 'node:stream';
import { z } from 'zod';
import { PageQuery, pageOf } from '../../../contract/page.ts';
import { NewReference, Reference, ReferenceColumn } from '../../../contract/reference.ts';
import { readBody } from '../../events/doors/body.ts';
import { whenGone } from '../../events/doors/receive.ts';
import { requireWholeFile } from '../../events/doors/whole-file.ts';
import type { Ingest } from '../../events/ingest.ts';
import { type Route, route } from '../../http/route.ts';
import type { Schemas } from '../../models/columns/schemas.ts';
import { addReference } from './add-reference.ts';
import { makeDefaultReference, removeReference } from './change-reference.ts';
import { compareReference } from './compare-reference.ts';
import { addReferenceFile } from './from-file.ts';
import { listReferences } from './list-references.ts';

const ByModel = z.object({ model: z.string() });
const ById = z.object({ model: z.string(), reference: z.string() });

/** `?default=false` is the text 'false'. */
const Switch = z.enum(['true', 'false']).transform((text) => text === 'true');

const FileQuery = z.object({
  name: z.string().min(1).max(128),
  default: Switch.default(true),
  prediction: z.string().max(128).optional(),
  score: z.string().max(128).optional(),
  label: z.string().max(128).optional(),
  /** Columns of the file that are to be left out; may be repeated. */
  ignore: z
    .union([z.string().max(256), z.array(z.string().max(256)).max(1000)])
    .transform((names) => [names].flat())
    .optional(),
});

export const referenceRoutes = (ingest: Ingest, schemas: Schemas): readonly Route[] => [
  route({
    method: 'GET',
    path: '/api/v1/models/:model/references',
    summary: 'References of a model: what is normal',
    tag: 'references',
    access: 'read',
    params: ByModel,
    query: PageQuery,
    reply: pageOf(Reference),
    handle: (ctx, { params, query }) => listReferences(ctx, params.model, query),
  }),
  route({
    method: 'POST',
    path: '/api/v1/models/:model/references',
    summary: 'Use a window of production as reference',
    tag: 'references',
    access: 'write',
    params: ByModel,
    body: NewReference,
    reply: Reference,
    status: 201,
    handle: (ctx, { params, body }) => addReference(ctx, params.model, body),
  }),
  route({
    method: 'POST',
    path: '/api/v1/models/:model/references/file',
    summary:
      'Use the rows of a file as reference (delimited text, JSON, Parquet, Arrow, also gzip or zstd); only their profiles are kept',
    tag: 'references',
    access: 'write',
    raw: true,
    params: ByModel,
    query: FileQuery,
    body: z.array(z.record(z.string(), z.unknown())),
    reply: Reference,
    status: 201,
    async handle(ctx, { params, query, request, reply }) {
      requireWholeFile(request.headers['content-type']);
      const reservation = ingest.reserveFile(ctx.actor.id);
      try {
        const source = (request.body ?? request.raw) as Readable;
        const encoding = request.headers['content-encoding'];
        const gone = whenGone(reply);
        const bounds = { maxBytes: ingest.limits.fileBytes, pace: ingest.limits.pace, gone };
        const body = await readBody(source, encoding, bounds, reservation);
        const file = {
          body,
          contentType: request.headers['content-type'],
          signal: gone,
          // Others get the room while the file is read elsewhere.
          taken: () => reservation.release(),
        };
        return await addReferenceFile(ctx, schemas, params.model, file, query);
      } finally {
        reservation.release();
      }
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/models/:model/references/:reference/columns',
    summary: 'Which columns a model and a reference have in common',
    tag: 'references',
    access: 'read',
    params: ById,
    reply: pageOf(ReferenceColumn),
    handle: (ctx, { params }) => compareReference(ctx, params.model, params.reference),
  }),
  route({
    method: 'PATCH',
    path: '/api/v1/models/:model/references/:reference',
    summary: 'Make a reference the default of its model',
    tag: 'references',
    access: 'write',
    params: ById,
    body: z.object({ default: z.literal(true) }).strict(),
    reply: Reference,
    handle: (ctx, { params }) => makeDefaultReference(ctx, params.model, params.reference),
  }),
  route({
    method: 'DELETE',
    path: '/api/v1/models/:model/references/:reference',
    summary: 'Remove a reference',
    tag: 'references',
    access: 'write',
    params: ById,
    handle: (ctx, { params }) => removeReference(ctx, params.model, params.reference),
  }),
];
