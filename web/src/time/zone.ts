import { useSyncExternalStore } from 'react';
import type { Zone } from './format.ts';

const KEY = 'tiltmeter-zone';
const listeners = new Set<() => void>();

function read(): Zone {
  try {
    return localStorage.getItem(KEY) === 'local' ? 'local' : 'utc';
  } catch {
    return 'utc';
  }
}

/** The reader's choice, kept on this machine; every page and tab follows. */
export function setZone(zone: Zone): void {
  localStorage.setItem(KEY, zone);
  for (const listener of listeners) listener();
}

export function useZone(): Zone {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    addEventListener('storage', listener);
    return () => {
      listeners.delete(listener);
      removeEventListener('storage', listener);
    };
  }, read);
}

/** `UTC`, or the name and offset of the reader's own zone. */
export function zoneName(zone: Zone): string {
  if (zone === 'utc') return 'UTC';
  const parts = new Intl.DateTimeFormat('en-GB', { timeZoneName: 'short' }).formatToParts(new Date());
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? 'local';
}
