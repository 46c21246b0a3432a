import { access, constants, stat, statfs } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { openToOthers } from '../../server/main.ts';
import type { Finding } from './check.ts';

const GIB = 2 ** 30;
/** Below this, merges of the lake's parts begin to fail before inserts do. */
const ENOUGH = 2 * GIB;

/** The folder itself, or the nearest one above it that exists: there it would be made. */
async function nearest(folder: string): Promise<string> {
  const path = resolve(folder);
  const found = await stat(path).catch(() => undefined);
  if (found !== undefined || dirname(path) === path) return path;
  return nearest(dirname(path));
}

export async function dataFolder(folder: string): Promise<Finding> {
  const place = await nearest(folder);
  const check = 'data folder';
  if (!(await stat(place)).isDirectory()) {
    return { check, ok: false, found: `${place} is a file`, fix: 'Choose another folder with --data.' };
  }
  const writable = await access(place, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
  if (!writable) {
    return {
      check,
      ok: false,
      found: `${place} cannot be written`,
      fix: 'Change its owner or choose another with --data.',
    };
  }
  const open = place === resolve(folder) ? openToOthers(place) : undefined;
  if (open !== undefined) {
    return {
      check,
      ok: false,
      found: `${open.who} ${place}`,
      fix: `It holds predictions and secrets. Close it: ${open.close}`,
    };
  }
  return { check, ok: true, found: place === resolve(folder) ? place : `${resolve(folder)} will be made` };
}

export async function diskSpace(folder: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(await nearest(folder));
  const free = bavail * bsize;
  const found = `${(free / GIB).toFixed(1)} GiB free`;
  return free >= ENOUGH
    ? { check: 'disk', ok: true, found }
    : {
        check: 'disk',
        ok: false,
        found,
        fix: 'Free at least 2 GiB, or choose a folder on another disk with --data.',
      };
}
