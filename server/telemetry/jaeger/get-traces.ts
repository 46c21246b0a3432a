import { TiltmeterError } from '../../../contract/errors.ts';
import type { JaegerSearch, JaegerTrace } from '../../../contract/jaeger.ts';
import { authorise } from '../../authorise.ts';
import type { Ctx } from '../../context.ts';
import { findTraces, readSpans } from './read-traces.ts';
import { traceOf } from './trace-of.ts';
import { MOST_TRACES, severalOf, storedId, timesOf, wantedOf } from './wanted.ts';

/** Spans shown of a trace among others, and of one alone. */
const MOST_OF_EACH = 500;
const MOST_OF_ONE = 10_000;

/** One trace by its id. Errors: invalid_request, not_found. */
export async function getTrace(
  ctx: Ctx,
  id: string,
  times: Pick<JaegerSearch, 'start' | 'end'>,
): Promise<JaegerTrace> {
  authorise(ctx.actor, 'read');
  const rows = await readSpans(ctx, [storedId(id)], timesOf(times, ctx.clock()), MOST_OF_ONE);
  if (rows.length === 0) throw new TiltmeterError('not_found', 'There is no span of this trace');
  return traceOf(rows);
}

/** Traces by their ids, or those with a span as wanted, newest first; what cannot be found is left out. Errors: invalid_request. */
export async function searchTraces(ctx: Ctx, search: JaegerSearch): Promise<readonly JaegerTrace[]> {
  authorise(ctx.actor, 'read');
  const asked = severalOf(search.traceID);
  const times = timesOf(search, ctx.clock());
  const ids =
    asked.length > 0
      ? asked.map(storedId).slice(0, MOST_TRACES)
      : await findTraces(ctx, wantedOf(search, ctx.clock()));
  if (ids.length === 0) return [];
  const rows = Map.groupBy(await readSpans(ctx, ids, times, MOST_OF_EACH), ({ trace }) => trace);
  return ids.flatMap((id) => (rows.has(id) ? [traceOf(rows.get(id)!)] : []));
}
