import { TiltmeterError } from '../contract/errors.ts';
import type { Prediction } from '../contract/prediction.ts';
import type { Receipt, Rejection } from '../contract/receipt.ts';
import { parseBody } from '../server/events/doors/json.ts';
import { isEvent } from '../server/events/parsed-event.ts';
import { validatePrediction } from '../server/events/validate/prediction.ts';
import type { Agent } from './agent.ts';

const LIMITS = { eventBytes: 1024 * 1024, events: 100_000 };
/** Refusals that a receipt tells one by one. */
const TOLD = 100;
/** Predictions between two looks at how much is held. */
const LOOK_EVERY = 1_000;

/**
 * Counts the good predictions of a body, by the rules of the server's own door, and says why the others are none. What is bad loses nothing beside it.
 * Errors: those of the reading (invalid_json, empty_body, unsupported_media_type, body_too_large).
 */
export async function takePredictions(
  agent: Agent,
  body: Uint8Array,
  contentType: string | undefined,
  now: number,
): Promise<Receipt> {
  const { events, escapes } = parseBody(body, formatOf(contentType), LIMITS);
  const rejected: Rejection[] = [];
  let [received, stored, refused, dropped] = [0, 0, 0, 0];
  const refuse = (code: string, message: string) => {
    if (refused++ < TOLD) rejected.push({ index: received - 1, code, message });
  };
  for (const event of events) {
    if (!isEvent(event)) continue;
    received++;
    if ('code' in event) {
      refuse(event.code, event.message);
      continue;
    }
    const time = validatePrediction(event.value, { now, escapes });
    if (typeof time !== 'number') {
      refuse(time.code, time.message);
      continue;
    }
    const row = event.value as Prediction;
    if (!(await agent.know(row.model))) {
      refuse('too_many_models', `${row.model} would be one model too many for an agent`);
      continue;
    }
    dropped += agent.add(row, time);
    stored++;
    if (stored % LOOK_EVERY === 0 && agent.full) await agent.tick();
  }
  return {
    received,
    stored,
    duplicates: 0,
    rejected,
    rejected_total: refused,
    ...(dropped > 0 && { dropped_features: dropped }),
  };
}

/** Errors: unsupported_media_type. */
function formatOf(contentType: string | undefined): 'json' | 'ndjson' {
  const type = (contentType ?? '').split(';')[0]!.trim().toLowerCase();
  if (/ndjson|jsonl|jsonlines|jsonstream/.test(type)) return 'ndjson';
  if (type === '' || type.endsWith('json') || type === 'text/plain' || type === 'application/octet-stream')
    return 'json';
  throw new TiltmeterError(
    'unsupported_media_type',
    `the content type ${type.slice(0, 80)} is not supported`,
  );
}
