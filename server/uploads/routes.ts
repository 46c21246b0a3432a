import type { Readable } from 'node:stream';
import { z } from 'zod';
import { Reference } from '../../contract/reference.ts';
import { TablePlan, TablePreview, UPLOAD_BYTES, Upload, UploadedReference } from '../../contract/upload.ts';
import { discard } from '../events/doors/body.ts';
import { paced } from '../events/doors/paced.ts';
import { requireWholeFile } from '../events/doors/whole-file.ts';
import type { Ingest } from '../events/ingest.ts';
import { type Route, route } from '../http/route.ts';
import type { Schemas } from '../models/columns/schemas.ts';
import { knownModel, previewOf } from './preview.ts';
import { lookedThrough } from './reading.ts';
import { storeReferenceOf } from './store-reference.ts';
import { storeRows } from './store-rows.ts';
import { shownUpload, type Uploads } from './uploads.ts';

const params = z.object({ upload: z.string() });
const common = { tag: 'uploads', access: 'write' } as const;

export const uploadRoutes = (uploads: Uploads, ingest: Ingest, schemas: Schemas): readonly Route[] => [
  route({
    ...common,
    method: 'POST',
    path: '/api/v1/uploads',
    summary:
      'Send a table (delimited text, JSON, Parquet, Arrow, also gzip or zstd) to look at it; nothing is stored yet',
    raw: true,
    query: z.object({ name: z.string().min(1).max(256) }),
    body: z.string(),
    reply: Upload,
    status: 201,
    async handle(ctx, { query, request }) {
      requireWholeFile(request.headers['content-type']);
      const source = (request.body ?? request.raw) as Readable;
      const coming = { pace: ingest.limits.pace, arrived: () => request.raw.socket.bytesRead };
      try {
        const said = Number(request.headers['content-length'] ?? 0);
        return shownUpload(await uploads.receive(ctx.actor, query.name, paced(source, coming), said));
      } catch (error) {
        // Those who send look at the answer when they have sent everything.
        await discard(source, { maxBytes: UPLOAD_BYTES, ...coming }, error);
        throw error;
      }
    },
  }),
  route({
    ...common,
    method: 'GET',
    path: '/api/v1/uploads/:upload',
    summary: 'How far a table that was sent is stored',
    params,
    reply: Upload,
    handle: async (ctx, { params }) => shownUpload(uploads.find(ctx.actor, params.upload)),
  }),
  route({
    ...common,
    method: 'DELETE',
    path: '/api/v1/uploads/:upload',
    summary: 'Forget a table that was sent; what was stored of it stays',
    params,
    handle: (ctx, { params }) => uploads.remove(ctx.actor, params.upload),
  }),
  route({
    ...common,
    method: 'POST',
    path: '/api/v1/uploads/:upload/preview',
    summary: 'What a table is taken for: columns, types, missing values, warnings; nothing is stored',
    params,
    body: TablePlan,
    reply: TablePreview,
    async handle(ctx, { params, body }) {
      const looked = await lookedThrough(uploads, uploads.find(ctx.actor, params.upload));
      return previewOf(looked, await knownModel(ctx, body.model), body, ctx.clock());
    },
  }),
  route({
    ...common,
    method: 'POST',
    path: '/api/v1/uploads/:upload/rows',
    summary: 'Store the rows of a table as predictions or labels; answered when it has begun',
    params,
    body: TablePlan,
    reply: Upload,
    status: 202,
    async handle(ctx, { params, body }) {
      const upload = uploads.find(ctx.actor, params.upload);
      await storeRows(ctx, uploads, ingest, upload, body);
      return shownUpload(upload);
    },
  }),
  route({
    ...common,
    method: 'POST',
    path: '/api/v1/uploads/:upload/reference',
    summary: 'Use the rows of a table as reference; only their profiles are kept',
    params,
    body: UploadedReference,
    reply: Reference,
    status: 201,
    handle: (ctx, { params, body }) =>
      storeReferenceOf(ctx, schemas, uploads, uploads.find(ctx.actor, params.upload), body),
  }),
];
