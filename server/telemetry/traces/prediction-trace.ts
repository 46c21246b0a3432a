import { rfc3339 } from '../../../contract/time.ts';
import type { PredictionTrace, TraceMissing } from '../../../contract/trace.ts';
import { authorise } from '../../authorise.ts';
import type { Ctx } from '../../context.ts';
import { getPrediction } from '../../events/predictions/get-prediction.ts';
import { isConnected, readTrace } from './read-trace.ts';
import { traceIdOf } from './trace-id.ts';

/** A trace is looked for around its prediction: what asked for it may have begun long before. */
const WITHIN_MS = 3_600_000;

/**
 * The trace and the log lines of a prediction, by the trace id that it came with; to whoever may read some models only, what is of these:
 * a trace goes through many services, and its id is a sender's choice. Errors: not_found.
 */
export async function predictionTrace(ctx: Ctx, model: string, id: string): Promise<PredictionTrace> {
  authorise(ctx.actor, 'read');
  const { trace_id: sent, time } = await getPrediction(ctx, model, id);
  if (sent === null || sent === '') return nothing(null, 'no_trace_id');
  const trace = traceIdOf(sent);
  if (trace === undefined) return nothing(null, 'not_a_trace_id');
  const at = Date.parse(time);
  const found = await readTrace(ctx, trace, {
    ...{ model, from: at - WITHIN_MS, to: at + WITHIN_MS },
    only: ctx.actor.models,
  });
  if (found === undefined)
    return nothing(trace, (await isConnected(ctx)) ? 'nothing_of_it' : 'nothing_connected');
  return {
    trace_id: trace,
    missing: null,
    start: rfc3339(Math.floor(found.start)),
    duration_ms: found.durationMs,
    spans: [...found.spans],
    logs: [...found.logs],
    span_count: found.spanCount,
    log_count: found.logCount,
    within_ms: WITHIN_MS,
  };
}

function nothing(trace_id: string | null, missing: TraceMissing): PredictionTrace {
  const counts = { span_count: 0, log_count: 0, duration_ms: 0, within_ms: WITHIN_MS };
  return { trace_id, missing, start: null, spans: [], logs: [], ...counts };
}
