import { z } from 'zod';
import { Channel, ChannelChange, ChannelKindShown, Delivery, NewChannel } from '../../contract/channel.ts';
import { PageQuery, pageOf } from '../../contract/page.ts';
import { type Route, route } from '../http/route.ts';
import { changeChannel } from './change-channel.ts';
import { createChannel } from './create-channel.ts';
import { deleteChannel } from './delete-channel.ts';
import { listChannelKinds } from './list-channel-kinds.ts';
import { listChannels, listDeliveries } from './list-channels.ts';
import { retryDelivery } from './retry-delivery.ts';
import { testChannel } from './test-channel.ts';

const ById = z.object({ id: z.string().max(64) });

export const actionRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/v1/channels',
    summary: 'Where incidents are told to',
    tag: 'channels',
    access: 'read',
    query: PageQuery,
    reply: pageOf(Channel),
    handle: (ctx, { query }) => listChannels(ctx, query),
  }),
  route({
    method: 'POST',
    path: '/api/v1/channels',
    summary: 'Add a channel',
    tag: 'channels',
    access: 'admin',
    body: NewChannel,
    reply: Channel,
    status: 201,
    handle: (ctx, { body }) => createChannel(ctx, body),
  }),
  route({
    method: 'GET',
    path: '/api/v1/channel-kinds',
    summary: 'Ways to reach people, and what each takes',
    tag: 'channels',
    access: 'read',
    reply: pageOf(ChannelKindShown),
    handle: (ctx) => listChannelKinds(ctx),
  }),
  route({
    method: 'PATCH',
    path: '/api/v1/channels/:id',
    summary: 'Rename a channel, switch it off, or say which incidents it is told of',
    tag: 'channels',
    access: 'admin',
    params: ById,
    body: ChannelChange,
    reply: Channel,
    handle: (ctx, { params, body }) => changeChannel(ctx, params.id, body),
  }),
  route({
    method: 'DELETE',
    path: '/api/v1/channels/:id',
    summary: 'Remove a channel',
    tag: 'channels',
    access: 'admin',
    params: ById,
    handle: (ctx, { params }) => deleteChannel(ctx, params.id),
  }),
  route({
    method: 'POST',
    path: '/api/v1/channels/:id/test',
    summary: 'Send a test message now',
    tag: 'channels',
    access: 'write',
    params: ById,
    reply: Delivery,
    handle: (ctx, { params }) => testChannel(ctx, params.id),
  }),
  route({
    method: 'GET',
    path: '/api/v1/channels/:id/deliveries',
    summary: 'What was sent through a channel, newest first',
    tag: 'channels',
    access: 'read',
    params: ById,
    query: PageQuery,
    reply: pageOf(Delivery),
    handle: (ctx, { params, query }) => listDeliveries(ctx, params.id, query),
  }),
  route({
    method: 'POST',
    path: '/api/v1/channels/:id/deliveries/:delivery/retry',
    summary: 'Send a message that was given up once more',
    tag: 'channels',
    access: 'write',
    params: ById.extend({ delivery: z.string().max(64) }),
    reply: Delivery,
    handle: (ctx, { params }) => retryDelivery(ctx, params.id, params.delivery),
  }),
];
