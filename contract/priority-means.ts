import type { Priority } from './incident.ts';

/** What a priority asks of people. */
export const PRIORITY_MEANS: Readonly<Record<Priority, string>> = {
  P1: 'quality or service is hurt: someone should look now',
  P2: 'an important input is broken: look soon, before quality follows',
  P3: 'inputs moved or groups are treated unlike, harm is not shown: look when there is time',
};
