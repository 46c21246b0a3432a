import { z } from 'zod';
import { RetentionChange, Storage } from '../../../contract/storage.ts';
import { type Route, route } from '../../http/route.ts';
import { changeRetention } from './change-retention.ts';
import { readStorage } from './read-storage.ts';

export const storageRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/v1/storage',
    summary: 'What is stored, how large it is, for how long it is kept, and where that leads',
    tag: 'self',
    access: 'read',
    oneAtATime: true,
    reply: Storage,
    handle: (ctx) => readStorage(ctx, 'table'),
  }),
  route({
    method: 'PATCH',
    path: '/api/v1/storage/:name',
    summary: 'Set for how long something is kept',
    tag: 'self',
    access: 'admin',
    params: z.object({ name: z.string().max(64) }),
    body: RetentionChange,
    reply: Storage,
    async handle(ctx, { params, body }) {
      await changeRetention(ctx, params.name, body);
      return readStorage(ctx, 'table');
    },
  }),
];
