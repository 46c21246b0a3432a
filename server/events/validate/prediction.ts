import { FEATURE_NAME, MODEL_NAME } from '../../../contract/name.ts';
import { type Refusal, refuse, shown } from './refusal.ts';
import { eventTime } from './time.ts';
import { storable } from './unicode.ts';

/** Longest string of a feature, an error or a tag. */
export const STRING_LENGTH = 8192;
const SHORT_LENGTH = 128;
/** Longest name of an item of a list. */
const SHORT_ITEM = 256;
const ID_LENGTH = 256;
/** Entries of a map (probabilities, attributions, tags). */
const MAP_ENTRIES = 1000;

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const CONTROL = /[\u0000-\u001f\u007f]/;

/** Names that were found good, so that a name is judged once and not once per row. Bounded. */
const goodNames = new Set<string>();
const MOST_NAMES = 100_000;

export interface PredictionRules {
  /** Wall clock in epoch milliseconds: stands in for a missing time and bounds the others. */
  readonly now: number;
  /** Whether strings may hold what `\u` escapes can bring (lone surrogates, NUL). */
  readonly escapes: boolean;
}

/**
 * The event's time in epoch milliseconds, or why the event is refused. Agrees with `contract/prediction.ts` and adds
 * what a schema cannot say (names, sizes, time range, Unicode). Written by hand: the schema costs ten times as much,
 * and this runs for every prediction. `validatePrediction({ model: 'm', prediction: 1 }, rules)` → rules.now
 */
export function validatePrediction(event: unknown, rules: PredictionRules): number | Refusal {
  if (typeof event !== 'object' || event === null || Array.isArray(event)) {
    return refuse('invalid_event', 'a prediction must be a JSON object');
  }
  const row = event as Record<string, unknown>;
  let hasOutput = false;
  let hasModel = false;
  for (const field in row) {
    const value = row[field];
    if (value === undefined) continue;
    let refusal: Refusal | undefined;
    switch (field) {
      case 'model':
        hasModel = true;
        refusal = modelName(value);
        break;
      case 'features':
        hasOutput = true;
        refusal = features(value, rules);
        break;
      case 'prediction':
        hasOutput = true;
        refusal = Array.isArray(value)
          ? rankedList(value, rules.escapes)
          : scalar('prediction', value, rules.escapes);
        break;
      case 'id':
        refusal = eventId(value, rules.escapes);
        break;
      case 'time':
        break;
      case 'score':
        refusal = number(field, value);
        break;
      case 'latency_ms':
        refusal = number(field, value);
        if (refusal === undefined && (value as number) < 0) {
          refusal = refuse('invalid_field', 'latency_ms must not be negative');
        }
        break;
      case 'error':
        if (value !== null) hasOutput = true;
        refusal = value === null ? undefined : text(field, value, STRING_LENGTH, rules.escapes);
        break;
      case 'version':
        refusal = text(field, value, SHORT_LENGTH, rules.escapes);
        break;
      case 'trace_id':
      case 'request_id':
      case 'variant':
        refusal = value === null ? undefined : text(field, value, SHORT_LENGTH, rules.escapes);
        break;
      case 'probabilities':
        refusal = Array.isArray(value)
          ? list(field, value, rules.escapes, number)
          : map(field, value, rules.escapes, number);
        break;
      case 'attributions':
        refusal = map(field, value, rules.escapes, number);
        break;
      case 'tags':
        refusal = map(field, value, rules.escapes, tag);
        break;
      default:
        return refuse('unknown_field', `there is no field ${shown(field)}`);
    }
    if (refusal !== undefined) return refusal;
  }
  if (!hasModel) return refuse('missing_field', 'model is missing');
  if (!hasOutput) return refuse('missing_field', 'one of features, prediction and error is needed');
  return eventTime(row.time, rules.now);
}

function modelName(value: unknown): Refusal | undefined {
  if (typeof value !== 'string') return refuse('invalid_field', 'model must be a string');
  if (!MODEL_NAME.test(value)) return refuse('invalid_model_name', `${shown(value)} is not a model name`);
}

/** An id that can be looked up and shown: 1 to 256 characters, none of them a control character. */
export function eventId(value: unknown, escapes: boolean): Refusal | undefined {
  if (typeof value !== 'string') return refuse('invalid_id', 'id must be a string');
  if (value.length === 0 || value.length > ID_LENGTH) {
    return refuse('invalid_id', `id must have 1 to ${ID_LENGTH} characters`);
  }
  if (escapes && !storable(value)) return refuse('invalid_unicode', 'id is not valid Unicode');
  if (CONTROL.test(value)) return refuse('invalid_id', 'id must not contain control characters');
}

function features(value: unknown, rules: PredictionRules): Refusal | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return refuse('invalid_field', 'features must be an object of numbers, strings, booleans and nulls');
  }
  const record = value as Record<string, unknown>;
  for (const name in record) {
    if (!goodNames.has(name)) {
      if (!FEATURE_NAME.test(name) || !storable(name)) {
        return refuse('invalid_feature_name', `${shown(name)} is not a feature name`);
      }
      // Whoever makes up names without end must not keep those of others out.
      if (goodNames.size >= MOST_NAMES) goodNames.clear();
      goodNames.add(name);
    }
    const cell = record[name];
    // Almost every cell is a finite number or a short plain string: those cost one comparison each.
    if (typeof cell === 'number' ? Number.isFinite(cell) : plain(cell, rules.escapes)) continue;
    const refusal = scalar(`features.${name}`, cell, rules.escapes);
    if (refusal !== undefined) return refusal;
  }
}

function plain(cell: unknown, escapes: boolean): boolean {
  return typeof cell === 'string' && cell.length <= STRING_LENGTH && !escapes;
}

function scalar(field: string, value: unknown, escapes: boolean): Refusal | undefined {
  switch (typeof value) {
    case 'number':
      return number(field, value);
    case 'string':
      return text(field, value, STRING_LENGTH, escapes);
    case 'boolean':
      return undefined;
    default:
      return value === null
        ? undefined
        : refuse('invalid_field', `${named(field)} must be a number, a string, a boolean or null`);
  }
}

function number(field: string, value: unknown): Refusal | undefined {
  if (value === null) return undefined;
  if (typeof value !== 'number') return refuse('invalid_field', `${named(field)} must be a number`);
  if (!Number.isFinite(value)) return refuse('number_not_finite', `${named(field)} is not finite`);
}

function text(field: string, value: unknown, length: number, escapes: boolean): Refusal | undefined {
  if (typeof value !== 'string') return refuse('invalid_field', `${named(field)} must be a string`);
  if (value.length > length) {
    return refuse('string_too_long', `${named(field)} has more than ${length} characters`);
  }
  if (escapes && !storable(value)) {
    return refuse('invalid_unicode', `${named(field)} is not valid Unicode`);
  }
}

function tag(field: string, value: unknown, escapes: boolean): Refusal | undefined {
  return text(field, value, STRING_LENGTH, escapes);
}

function map(
  field: string,
  value: unknown,
  escapes: boolean,
  entry: (field: string, value: unknown, escapes: boolean) => Refusal | undefined,
): Refusal | undefined {
  if (value === null) return undefined;
  if (typeof value !== 'object' || Array.isArray(value)) {
    return refuse('invalid_field', `${field} must be an object`);
  }
  const record = value as Record<string, unknown>;
  let count = 0;
  for (const key in record) {
    if (++count > MAP_ENTRIES)
      return refuse('invalid_field', `${field} has more than ${MAP_ENTRIES} entries`);
    if (key.length > STRING_LENGTH) return refuse('string_too_long', `a key of ${field} is too long`);
    if (escapes && !storable(key)) return refuse('invalid_unicode', `a key of ${field} is not valid Unicode`);
    const cell = record[key];
    const refusal =
      cell === null
        ? refuse('invalid_field', `${named(`${field}.${key}`)} must not be null`)
        : entry(`${field}.${key}`, cell, escapes);
    if (refusal !== undefined) return refusal;
  }
}

/** Items as texts or numbers, or each with its score. */
function rankedList(value: readonly unknown[], escapes: boolean): Refusal | undefined {
  if (value.length > MAP_ENTRIES)
    return refuse('invalid_field', `prediction has more than ${MAP_ENTRIES} items`);
  for (const [i, entry] of value.entries()) {
    const at = `prediction.${i}`;
    const { item, score, ...more } = (
      typeof entry === 'object' && entry !== null ? entry : { item: entry }
    ) as Record<string, unknown>;
    const refusal =
      typeof item === 'number'
        ? number(at, item)
        : typeof item === 'string'
          ? text(at, item, SHORT_ITEM, escapes)
          : refuse('invalid_field', `${at} must be an item: a text, a number, or {"item", "score"}`);
    if (refusal !== undefined) return refusal;
    if (Object.keys(more).length > 0)
      return refuse('unknown_field', `${at} has fields besides item and score`);
    const bad =
      score === undefined
        ? undefined
        : score === null
          ? refuse('invalid_field', `${at}.score must not be null`)
          : number(`${at}.score`, score);
    if (bad !== undefined) return bad;
  }
}

function list(
  field: string,
  value: readonly unknown[],
  escapes: boolean,
  entry: (field: string, value: unknown, escapes: boolean) => Refusal | undefined,
): Refusal | undefined {
  if (value.length > MAP_ENTRIES)
    return refuse('invalid_field', `${field} has more than ${MAP_ENTRIES} entries`);
  for (let i = 0; i < value.length; i++) {
    const refusal =
      value[i] === null
        ? refuse('invalid_field', `${field}.${i} must not be null`)
        : entry(`${field}.${i}`, value[i], escapes);
    if (refusal !== undefined) return refusal;
  }
}

/** A field's path for a message: as it is when it is short and plain, quoted and cut otherwise. */
function named(path: string): string {
  return /^[\w.]{1,80}$/.test(path) ? path : shown(path);
}
