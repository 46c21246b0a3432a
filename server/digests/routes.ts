import { z } from 'zod';
import { Delivery } from '../../contract/channel.ts';
import { Digest, DigestContent, DigestEvery, DigestQuestion, DigestSettings } from '../../contract/digest.ts';
import { pageOf } from '../../contract/page.ts';
import { type Route, route } from '../http/route.ts';
import { deleteDigest, listDigests, setDigest } from './digests.ts';
import { previewDigest, sendDigest } from './send-digest.ts';

const OfChannel = z.object({ id: z.string().max(64), every: DigestEvery });

export const digestRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/v1/digests',
    summary: 'Digests that channels get, and when the next of each is due',
    tag: 'channels',
    access: 'read',
    reply: pageOf(Digest),
    handle: (ctx) => listDigests(ctx),
  }),
  route({
    method: 'POST',
    path: '/api/v1/digests/preview',
    summary: 'What a digest would say of the past day or week',
    tag: 'channels',
    access: 'read',
    oneAtATime: true,
    body: DigestQuestion,
    reply: DigestContent,
    handle: (ctx, { body }) => previewDigest(ctx, body),
  }),
  route({
    method: 'PUT',
    path: '/api/v1/channels/:id/digests/:every',
    summary: 'Give a channel a daily or weekly digest, or change the one it gets',
    tag: 'channels',
    access: 'admin',
    params: OfChannel,
    body: DigestSettings,
    reply: Digest,
    handle: (ctx, { params, body }) => setDigest(ctx, params.id, params.every, body),
  }),
  route({
    method: 'DELETE',
    path: '/api/v1/channels/:id/digests/:every',
    summary: 'Send a channel no such digest any more',
    tag: 'channels',
    access: 'admin',
    params: OfChannel,
    handle: (ctx, { params }) => deleteDigest(ctx, params.id, params.every),
  }),
  route({
    method: 'POST',
    path: '/api/v1/channels/:id/digests/:every/send',
    summary: 'Send a channel its digest of the past day or week now',
    tag: 'channels',
    access: 'write',
    oneAtATime: true,
    params: OfChannel,
    reply: Delivery,
    handle: (ctx, { params }) => sendDigest(ctx, params.id, params.every),
  }),
];
