import { MOST_STAGE_ATTRIBUTES, STAGE_LEVELS, STAGES, type StageLevel } from '../../../../contract/stage.ts';

/** What holds for documents that do not say it themselves. */
export interface Otherwise {
  readonly model: string | undefined;
  readonly stage: string | undefined;
  readonly index: string | undefined;
}

type Value = string | number | boolean;

/** Names of each field in what shippers send, in the order in which they are looked for. */
const NAMES = {
  model: ['tiltmeter.model', 'tiltmeter_model', 'model', 'ml.model.name', 'labels.model'],
  stage: ['tiltmeter.stage', 'tiltmeter_stage', 'stage', 'labels.stage'],
  time: ['@timestamp', 'timestamp', 'time', 'date'],
  level: ['level', 'log.level', 'severity', 'severity_text', 'levelname', 'loglevel', 'syslog.severity.name'],
  message: ['message', 'msg', 'log', 'short_message', 'MESSAGE'],
  version: ['model_version', 'ml.model.version', 'version'],
  request_id: ['request_id', 'requestId', 'http.request.id', 'x_request_id'],
  trace_id: ['trace_id', 'traceId', 'trace.id'],
  duration_ms: ['duration_ms', 'latency_ms'],
  rows: ['rows'],
} as const;

/** Words for levels, of loggers and of syslog. */
const LEVELS: Readonly<Record<string, StageLevel>> = {
  ...Object.fromEntries(STAGE_LEVELS.map((level) => [level, level])),
  ...{ verbose: 'trace', fine: 'debug', information: 'info', informational: 'info', notice: 'info' },
  ...{ warning: 'warn', err: 'error', severe: 'error', critical: 'fatal', crit: 'fatal', alert: 'fatal' },
  ...{ emerg: 'fatal', emergency: 'fatal', panic: 'fatal' },
};

const MESSAGE_LENGTH = 8192;
/** Seconds since 1970 are below it, milliseconds above. */
const SECONDS_BELOW = 100_000_000_000;

/** A document of a log shipper as a stage record, not validated: what has a name of its own there is a field, all else an attribute, nested names joined by dots. */
export function recordOf(document: unknown, otherwise: Otherwise): unknown {
  if (typeof document !== 'object' || document === null || Array.isArray(document)) return document;
  const rest = new Map<string, Value>();
  flatten(document, '', rest);
  const take = (names: readonly string[]): Value | undefined => {
    const name = names.find((each) => rest.has(each));
    if (name === undefined) return undefined;
    const value = rest.get(name);
    rest.delete(name);
    return value;
  };
  const text = (value: Value | undefined) => (value === undefined ? undefined : String(value));
  const stage = take(NAMES.stage) ?? otherwise.stage ?? stageIn(otherwise.index);
  const time = take(NAMES.time);
  const record = {
    model: take(NAMES.model) ?? otherwise.model,
    stage: typeof stage === 'string' ? stage.toLowerCase() : stage,
    time: typeof time === 'number' && time < SECONDS_BELOW ? Math.round(time * 1000) : time,
    level: levelOf(take(NAMES.level)),
    message: text(take(NAMES.message))?.slice(0, MESSAGE_LENGTH).trimEnd().toWellFormed(),
    version: text(take(NAMES.version)),
    request_id: text(take(NAMES.request_id)),
    trace_id: text(take(NAMES.trace_id)),
    duration_ms: numberOf(take(NAMES.duration_ms)),
    rows: numberOf(take(NAMES.rows)),
    attributes: Object.fromEntries([...rest].slice(0, MOST_STAGE_ATTRIBUTES)),
  };
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
}

/** What an index is called after: `ml-inference-2026.11.27` → 'inference' */
function stageIn(index: string | undefined): string | undefined {
  return index?.split(/[-_.]/).find((part) => STAGES.some((stage) => stage === part));
}

function levelOf(value: Value | undefined): StageLevel | undefined {
  return value === undefined ? undefined : (LEVELS[String(value).toLowerCase()] ?? 'info');
}

/** Some shippers make texts of all numbers. */
function numberOf(value: Value | undefined): Value | undefined {
  return typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value))
    ? Number(value)
    : value;
}

const VALUE_LENGTH = 8192;
const NAME_LENGTH = 256;
const DEEPEST = 8;
/** Names that are looked at: beyond what may be attributes there are the fields. */
const MOST_NAMES = 2 * MOST_STAGE_ATTRIBUTES;

function flatten(from: object, before: string, into: Map<string, Value>, depth = 1): void {
  for (const [key, value] of Object.entries(from)) {
    if (into.size >= MOST_NAMES) return;
    const name = (before + key).slice(0, NAME_LENGTH);
    if (name === '' || value === null || value === undefined) continue;
    if (typeof value === 'object' && !Array.isArray(value) && depth < DEEPEST)
      flatten(value, `${name}.`, into, depth + 1);
    else if (typeof value === 'object') into.set(name, JSON.stringify(value).slice(0, VALUE_LENGTH));
    else into.set(name, typeof value === 'string' ? value.slice(0, VALUE_LENGTH) : (value as Value));
  }
}
