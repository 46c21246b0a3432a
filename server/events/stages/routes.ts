import { z } from 'zod';
import { pageOf } from '../../../contract/page.ts';
import {
  StagePatternQuery,
  StagePatterns,
  StageSearch,
  StageSummaries,
  StoredStage,
} from '../../../contract/stage.ts';
import { TimeRangeQuery } from '../../../contract/time.ts';
import { type Route, route } from '../../http/route.ts';
import { readPatterns } from './read-patterns.ts';
import { searchStages } from './search-stages.ts';
import { summariseStages } from './summarise-stages.ts';

const params = z.object({ model: z.string() });

/** What the parts of a model's pipeline said, read back. */
export const stageRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/v1/models/:model/stages',
    summary: 'Search records of pipeline stages, newest first',
    tag: 'stages',
    access: 'read',
    params,
    query: StageSearch,
    oneAtATime: true,
    reply: pageOf(StoredStage),
    handle: (ctx, { params, query }) => searchStages(ctx, params.model, query),
  }),
  route({
    method: 'GET',
    path: '/api/v1/models/:model/stages/patterns',
    summary:
      'What the stages of a pipeline say, by template, with counts over time, and what is new since a moment',
    tag: 'stages',
    access: 'read',
    params,
    query: StagePatternQuery,
    oneAtATime: true,
    reply: StagePatterns,
    handle: (ctx, { params, query }) => readPatterns(ctx, params.model, query),
  }),
  route({
    method: 'GET',
    path: '/api/v1/models/:model/stages/summary',
    summary: 'Volume, errors, latency and freshness of each stage of a pipeline',
    tag: 'stages',
    access: 'read',
    params,
    query: TimeRangeQuery,
    oneAtATime: true,
    reply: StageSummaries,
    handle: (ctx, { params, query }) => summariseStages(ctx, params.model, query),
  }),
];
