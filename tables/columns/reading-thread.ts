import { statSync } from 'node:fs';
import { Aside } from '../aside.ts';

/** Less is read before a thread has begun. */
const FEWEST_BYTES = 3e6;

/** A thread for reading a file while another one is read here; null where it is small, or is none. */
export function readingThread(file: string): Aside | null {
  const { size = 0 } = statSync(file, { throwIfNoEntry: false }) ?? {};
  return size < FEWEST_BYTES ? null : new Aside();
}
