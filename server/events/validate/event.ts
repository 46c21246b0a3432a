import type { z } from 'zod';
import { epochMs, type TimeInput } from '../../../contract/time.ts';
import { eventId, STRING_LENGTH } from './prediction.ts';
import { type Refusal, refuse, shown } from './refusal.ts';
import { eventTime, NOT_A_TIME } from './time.ts';
import { storable } from './unicode.ts';

/** What schemas of the smaller events share. */
interface Timed {
  readonly time?: TimeInput | undefined;
}

/**
 * The event, typed, with its time in epoch milliseconds; or why it is refused. For the kinds of event that come in small
 * numbers, where the schema itself is fast enough.
 */
export function validateEvent<T extends Timed>(
  schema: z.ZodType<T>,
  event: unknown,
  { now, escapes }: { now: number; escapes: boolean },
): { readonly row: T; readonly time: number } | Refusal {
  if (typeof event !== 'object' || event === null || Array.isArray(event)) {
    return refuse('invalid_event', 'an event must be a JSON object');
  }
  const fields = event as Record<string, unknown>;
  if (escapes) {
    for (const field in fields) {
      const value = fields[field];
      const texts = Array.isArray(value) ? value : [value];
      if (!storable(field) || texts.some((text) => typeof text === 'string' && !storable(text))) {
        return refuse('invalid_unicode', `${shown(field)} is not valid Unicode`);
      }
    }
  }
  const parsed = schema.safeParse(event);
  if (!parsed.success) return refusalOf(parsed.error.issues[0]!, fields);
  const id = (parsed.data as { id?: string }).id;
  const badId = id === undefined ? undefined : eventId(id, escapes);
  if (badId !== undefined) return badId;
  for (const field in fields) {
    const value = fields[field];
    if (typeof value === 'string' && value.length > STRING_LENGTH) {
      return refuse('string_too_long', `${field} has more than ${STRING_LENGTH} characters`);
    }
  }
  const time = eventTime(parsed.data.time === undefined ? undefined : epochMs(parsed.data.time), now);
  return typeof time === 'number' ? { row: parsed.data, time } : time;
}

function refusalOf(issue: z.core.$ZodIssue, event: Record<string, unknown>): Refusal {
  if (issue.code === 'unrecognized_keys') {
    return refuse('unknown_field', `there is no field ${shown(issue.keys[0] ?? '')}`);
  }
  const field = String(issue.path[0] ?? '');
  const value = event[field];
  if (value === undefined) return refuse('missing_field', `${field} is missing`);
  if (field === 'id') return refuse('invalid_id', 'id must be a string of 1 to 256 characters');
  if (field === 'time') return refuse('invalid_time', NOT_A_TIME);
  if (field === 'model' && typeof value === 'string') {
    return refuse('invalid_model_name', `${shown(value)} is not a model name`);
  }
  if (typeof value === 'number' && !Number.isFinite(value)) {
    return refuse('number_not_finite', `${field} is not finite`);
  }
  if (issue.code === 'too_big' && typeof value === 'string') {
    return refuse('string_too_long', `${field} has more than ${issue.maximum} characters`);
  }
  return refuse('invalid_field', `${field}: ${issue.message}`);
}
