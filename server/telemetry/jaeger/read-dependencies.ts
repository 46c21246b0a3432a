import type { JaegerDependency } from '../../../contract/jaeger.ts';
import type { Ctx } from '../../context.ts';
import { BETWEEN } from './read-traces.ts';
import type { TimeSpan } from './wanted.ts';

/** The newest spans of a time are looked at, and so many at most; and as far back as a day. */
const MOST_SPANS = 200_000;
const LONGEST_US = 86_400e6;
const MOST_PAIRS = 2000;

/** Calls from one service to another: spans whose parent, in the same trace, is of another service. Each span counts once, however often it was sent. */
export function readDependencies(ctx: Ctx, { from, to }: TimeSpan): Promise<readonly JaegerDependency[]> {
  return ctx.lake.query<JaegerDependency>(CALLS, { from: Math.max(0, from, to - LONGEST_US), to });
}

const NEWEST = `SELECT TraceId AS trace, SpanId AS id, ParentSpanId AS of, ServiceName AS service FROM tiltmeter.otel_traces
  WHERE ${BETWEEN} AND TraceId != '' AND SpanId != '' ORDER BY Timestamp DESC LIMIT ${MOST_SPANS}`;

const CALLS = `SELECT caller.service AS parent, called.service AS child, uniqExact(called.trace, called.id) AS callCount
FROM (${NEWEST}) AS called GLOBAL INNER JOIN (SELECT DISTINCT trace, id, service FROM (${NEWEST})) AS caller ON called.trace = caller.trace AND called.of = caller.id
WHERE called.of != '' AND parent != child AND parent != '' AND child != '' GROUP BY parent, child ORDER BY parent, child LIMIT ${MOST_PAIRS}`;
