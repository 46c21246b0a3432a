import { ASKING } from './asking.ts';
import { BODIES } from './bodies.ts';
import { CALLS } from './calls.ts';
import { CONNECTIONS } from './connections.ts';
import { EVENTS } from './events.ts';
import { STAGES } from './stages.ts';
import type { Abuse } from './target.ts';

/** Every abuse that an honest sender is measured beside. */
export const ABUSES: readonly Abuse[] = [
  ...BODIES,
  ...CONNECTIONS,
  ...EVENTS,
  ...ASKING,
  ...CALLS,
  ...STAGES,
];
