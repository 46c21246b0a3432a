import { z } from 'zod';
import { pageOf } from '../../contract/page.ts';
import {
  ReviewAnswer,
  ReviewAssignment,
  ReviewItem,
  ReviewQuery,
  ReviewQueue,
} from '../../contract/review.ts';
import type { Ingest } from '../events/ingest.ts';
import { type Route, route } from '../http/route.ts';
import { answerItem } from './items/answer-item.ts';
import { getQueue } from './items/get-queue.ts';
import { listItems } from './items/list-items.ts';
import { assignItem, claimItem, skipItem } from './items/take-turn.ts';

const ByModel = z.object({ model: z.string().max(64) });
const ById = ByModel.extend({ id: z.string().max(64) });

/** Predictions that people should look at. */
export const reviewRoutes = (ingest: Pick<Ingest, 'accept'>): readonly Route[] => [
  route({
    method: 'GET',
    path: '/api/v1/models/:model/review',
    summary: 'How the queue of predictions that people should look at stands',
    tag: 'reviews',
    access: 'read',
    params: ByModel,
    reply: ReviewQueue,
    handle: (ctx, { params }) => getQueue(ctx, params.model),
  }),
  route({
    method: 'GET',
    path: '/api/v1/models/:model/review/items',
    summary: 'Predictions that people should look at: open ones as they came, others the newest first',
    tag: 'reviews',
    access: 'read',
    params: ByModel,
    query: ReviewQuery,
    reply: pageOf(ReviewItem),
    handle: (ctx, { params, query }) => listItems(ctx, params.model, query),
  }),
  route({
    method: 'POST',
    path: '/api/v1/models/:model/review/items/:id/claim',
    summary: 'Take an item for ten minutes, so that nobody else works at it',
    tag: 'reviews',
    access: 'write',
    params: ById,
    reply: ReviewItem,
    handle: (ctx, { params }) => claimItem(ctx, params),
  }),
  route({
    method: 'POST',
    path: '/api/v1/models/:model/review/items/:id/assign',
    summary: 'Give an item to somebody',
    tag: 'reviews',
    access: 'write',
    params: ById,
    body: ReviewAssignment,
    reply: ReviewItem,
    handle: (ctx, { params, body }) => assignItem(ctx, params, body.to),
  }),
  route({
    method: 'POST',
    path: '/api/v1/models/:model/review/items/:id/answer',
    summary: 'Say what the truth is: a label that a person gave, of whoever says it',
    tag: 'reviews',
    access: 'ingest',
    params: ById,
    body: ReviewAnswer,
    reply: ReviewItem,
    handle: (ctx, { params, body }) => answerItem(ctx, ingest, params, body),
  }),
  route({
    method: 'POST',
    path: '/api/v1/models/:model/review/items/:id/skip',
    summary: 'Say that you cannot tell',
    tag: 'reviews',
    access: 'write',
    params: ById,
    reply: ReviewItem,
    handle: (ctx, { params }) => skipItem(ctx, params),
  }),
];
