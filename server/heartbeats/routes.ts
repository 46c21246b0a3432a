import { z } from 'zod';
import { Heartbeat, JobName, JobSettings, WatchedJob } from '../../contract/heartbeat.ts';
import { pageOf } from '../../contract/page.ts';
import { type Route, route } from '../http/route.ts';
import { beat } from './beat.ts';
import { createNewJobs } from './new-jobs.ts';
import { changeJob, deleteJob, listJobs } from './watched-jobs.ts';

const ByJob = z.object({ job: JobName });

/** Heartbeats that one address may send in a minute: each is synced to the disk of the ledger, beside all else that is. */
const BEATS_PER_MINUTE = 1200;

/** The addresses of jobs that say how they do. */
export function heartbeatRoutes(): readonly Route[] {
  const newJobs = createNewJobs();
  return [
    route({
      method: 'POST',
      path: '/api/v1/heartbeats/:job',
      summary: 'Say that a job began, ended well or failed',
      tag: 'heartbeats',
      access: 'ingest',
      perMinute: BEATS_PER_MINUTE,
      params: ByJob,
      query: Heartbeat,
      reply: WatchedJob,
      handle: (ctx, { params, query }) => beat(ctx, params.job, query, newJobs),
    }),
    route({
      method: 'GET',
      path: '/api/v1/heartbeats',
      summary: 'Jobs that are watched, and how each does',
      tag: 'heartbeats',
      access: 'read',
      reply: pageOf(WatchedJob),
      handle: (ctx) => listJobs(ctx),
    }),
    route({
      method: 'PUT',
      path: '/api/v1/heartbeats/:job',
      summary: 'Say what is expected of a job',
      tag: 'heartbeats',
      access: 'write',
      params: ByJob,
      body: JobSettings,
      reply: WatchedJob,
      handle: (ctx, { params, body }) => changeJob(ctx, params.job, body),
    }),
    route({
      method: 'DELETE',
      path: '/api/v1/heartbeats/:job',
      summary: 'Watch a job no more',
      tag: 'heartbeats',
      access: 'write',
      params: ByJob,
      handle: (ctx, { params }) => deleteJob(ctx, params.job),
    }),
  ];
}
