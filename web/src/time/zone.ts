import type { Zone } from './format.ts';
import { remembered } from './remembered.ts';

const chosen = remembered<Zone>('tiltmeter-zone', ['utc', 'local']);

/** The reader's choice, kept on this machine; every page and tab follows. */
export const setZone = chosen.set;
export const useZone = chosen.use;

/** `UTC`, or the name and offset of the reader's own zone. */
export function zoneName(zone: Zone): string {
  if (zone === 'utc') return 'UTC';
  const parts = new Intl.DateTimeFormat('en-GB', { timeZoneName: 'short' }).formatToParts(new Date());
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? 'local';
}
