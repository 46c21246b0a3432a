import { type LinkValues, linkTimes } from '../../../../contract/link-template.ts';
import type { Model, PredictionDetail, PredictionTrace, TraceLog } from '../../api/types.ts';
import type { Range } from '../../time/range.ts';

const MINUTE = 60_000;
/** What led to an answer and what followed from it lies this near. */
const AROUND = 10 * MINUTE;

type Named = Pick<Model, 'id' | 'versions' | 'sources'>;

const named = ({ sources }: Named, kind: 'deployment' | 'machine') =>
  sources.flatMap((source) => (source.kind === kind ? [source.name] : []));

/** Under which names the service of a model sends: several are alternatives, as regular expressions have them. */
const serviceOf = (model: Named): LinkValues => ({
  job: named(model, 'deployment').join('|') || model.id,
  instance: named(model, 'machine').join('|'),
});

export const ofModel = (model: Named, range: Range): LinkValues => ({
  model: model.id,
  version: model.versions[0] ?? null,
  ...serviceOf(model),
  ...linkTimes(range.from, range.to),
});

export const ofPrediction = (model: Named, record: PredictionDetail): LinkValues => {
  const at = Date.parse(record.time);
  return {
    model: model.id,
    version: record.version,
    prediction_id: record.id,
    trace_id: record.trace_id,
    request_id: record.request_id,
    ...serviceOf(model),
    ...linkTimes(at - AROUND, at + AROUND),
  };
};

/** A trace, with a minute around it: clocks of services differ. */
export function ofTrace(model: string, record: string, trace: PredictionTrace): LinkValues {
  const start = Date.parse(trace.start ?? '');
  return {
    model,
    prediction_id: record,
    trace_id: trace.trace_id,
    service: (trace.spans[0] ?? trace.logs[0])?.service ?? null,
    ...(Number.isNaN(start) ? {} : linkTimes(start - MINUTE, start + trace.duration_ms + MINUTE)),
  };
}

export function ofLog(model: string, trace: PredictionTrace, log: TraceLog): LinkValues {
  const at = Date.parse(log.time);
  return {
    model,
    trace_id: trace.trace_id,
    span_id: log.span,
    service: log.service,
    ...linkTimes(at - MINUTE, at + MINUTE),
  };
}

/** A record of a stage of the pipeline. */
export function ofStage(
  model: string,
  record: { readonly time: string; readonly trace_id: string | null; readonly request_id: string | null },
): LinkValues {
  const at = Date.parse(record.time);
  const { trace_id, request_id } = record;
  return { model, trace_id, request_id, ...linkTimes(at - MINUTE, at + MINUTE) };
}
