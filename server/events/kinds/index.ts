import { changes } from './changes.ts';
import { labels } from './labels.ts';
import { outcomes } from './outcomes.ts';
import { predictions } from './predictions.ts';
import { profiles } from './profiles.ts';
import { stages } from './stages.ts';

/** Events of all models in one table each, by id. A new kind is a file and a line here. */
export const SHARED_KINDS = { labels, outcomes, changes, stages, profiles };

/** Every kind of event that may be sent, by id. */
export const EVENT_KINDS = { predictions, ...SHARED_KINDS };

export type EventKind = keyof typeof EVENT_KINDS;

export function isEventKind(id: string): id is EventKind {
  return Object.hasOwn(EVENT_KINDS, id);
}
