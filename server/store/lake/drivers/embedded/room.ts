import { statfs } from 'node:fs/promises';
import { TiltmeterError } from '../../../../../contract/errors.ts';

/** What stays free on the disk of the lake. */
export const RESERVE_BYTES = 32 * 1024 * 1024;

/** Statements that write. Those that make room, such as dropping a month, need none. */
const WRITES = /^\s*(CREATE|INSERT|ALTER\s+TABLE\s+.*?\bADD\b)/is;

/**
 * Rejects with disk_full when less than the reserve is free. On a disk without a free byte the engine replaces the
 * definition of a table by an empty file when a column is added, and cannot be started again: a column is never added there.
 */
export async function requireRoom(dir: string, reserve: number, sql?: string): Promise<void> {
  if (sql !== undefined && !WRITES.test(sql)) return;
  const { bavail, bsize } = await statfs(dir);
  if (bavail * bsize >= reserve) return;
  throw new TiltmeterError('disk_full', undefined, { retryAfter: 10 });
}
