import type { PrivacyRule } from '../../contract/privacy.ts';
import { SentProfile } from '../../contract/sent-profile.ts';
import type { Protection } from '../models/privacy/protect.ts';
import type { ParsedEvent } from './parsed-event.ts';

type Fields = Record<string, unknown>;

/** Fields with values by name, of which only features may have no value. */
const MAPS: ReadonlySet<string> = new Set([
  'features',
  'tags',
  'attributions',
  'probabilities',
  'attributes',
]);
/** Fields that a rule may name, by the column that they are. */
const FIXED: ReadonlySet<string> = new Set([
  ...['id', 'error', 'trace_id', 'request_id', 'variant', 'source', 'message'],
]);
/** Fields that rules do not touch. */
const PLAIN: ReadonlySet<string> = new Set([
  ...['model', 'time', 'version', 'prediction', 'score', 'latency_ms'],
  ...['label', 'metric', 'value', 'kind', 'title', 'url'],
  ...['stage', 'level', 'duration_ms', 'rows'],
]);

/** Fields of a profile that tell nothing of a value. */
const OF_PROFILE: readonly string[] = Object.keys(SentProfile.shape);

/** What a profile tells of the values of its column. */
const COUNTED: ReadonlySet<string> = new Set([
  ...['sum', 'sum2', 'min', 'max', 'center', 'scale', 'cells', 'cell_counts', 'names', 'name_counts'],
]);

const DROP: PrivacyRule = { columns: '*', action: 'drop' };

/** Of an event of no model nobody knows what is to be protected: no value of it stays. */
export const NO_VALUES: Protection = {
  rules: [DROP],
  rule: (name) => (name === '_id' ? undefined : DROP),
  value: () => undefined,
};

/**
 * Makes of an event what may be stored of it, in place, before anything looks at it: also what is refused is kept only so.
 * What is nested where a value belongs is emptied; it is refused as before.
 */
export function protectEvent(event: unknown, protection: Protection): unknown {
  if (typeof event !== 'object' || event === null || Array.isArray(event)) return emptied(event);
  const fields = event as Fields;
  for (const field of Object.keys(fields)) {
    const value = fields[field];
    if (MAPS.has(field)) {
      if (typeof value === 'object' && value !== null && !Array.isArray(value))
        protectMap(value as Fields, field, protection);
      else if (value !== null) fields[field] = emptied(value);
      continue;
    }
    if (COUNTED.has(field) && typeof fields.column === 'string') {
      fields[field] = countedValue(value, protection.rule(fields.column) !== undefined);
      continue;
    }
    const plain = PLAIN.has(field) || (typeof fields.column === 'string' && OF_PROFILE.includes(field));
    const rule = plain ? undefined : protection.rule(FIXED.has(field) ? `_${field}` : field);
    if (rule !== undefined) {
      const stored = protectedValue(rule, value, protection);
      // Not every field may be null; one that no event has stays, so that it is refused.
      if (stored === null && FIXED.has(field)) delete fields[field];
      else fields[field] = stored;
    } else if (typeof value === 'object' && value !== null) fields[field] = emptied(value);
  }
  return fields;
}

/** Text that could not be read as an event is not kept where anything is protected. */
export function withoutText(event: Extract<ParsedEvent, { code: unknown }>): ParsedEvent {
  return { ...event, raw: '', message: `${event.message} (its text is not kept: columns are protected)` };
}

function protectMap(values: Fields, field: string, protection: Protection): void {
  for (const name in values) {
    const value = values[name];
    const rule = protection.rule(name);
    if (rule === undefined || field === 'probabilities') {
      if (typeof value === 'object' && value !== null) values[name] = emptied(value);
      continue;
    }
    // How much a column contributed tells something of it too, unless its values may be known anyhow.
    if (field === 'attributions') {
      if (rule.action === 'drop') delete values[name];
      continue;
    }
    const stored = protectedValue(rule, value, protection);
    if (stored === null && (field === 'tags' || field === 'attributes')) delete values[name];
    else values[name] = stored;
  }
}

/** Of a column with a rule nothing that was counted stays: its profile is refused, as its counts do not add up. */
function countedValue(value: unknown, ruled: boolean): unknown {
  if (ruled || (typeof value === 'object' && !Array.isArray(value))) return emptied(value);
  return Array.isArray(value) ? value.map((one) => (typeof one === 'object' ? emptied(one) : one)) : value;
}

function protectedValue(rule: PrivacyRule, value: unknown, protection: Protection): unknown {
  if (value === null || value === undefined) return value;
  if (typeof value === 'object') return emptied(value);
  return protection.value(rule, value as string | number | boolean) ?? null;
}

/** Of the same kind, with nothing in it. */
function emptied(value: unknown): unknown {
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? [] : {};
  return typeof value === 'string' ? '' : value === null ? null : 0;
}
