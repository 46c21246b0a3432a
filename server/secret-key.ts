import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  existsSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { TiltmeterError } from '../contract/errors.ts';

/** In the data folder, for its owner alone: the present key in the first line, former ones below. */
const FILE = 'secret.key';

/**
 * The secrets of the vault, the present one first: those that were given, one a line or separated by blanks, else those of the data
 * folder, where the first start makes one. Errors: data_folder_not_writable.
 */
export function secretKeys(dataDir: string, given: string | undefined): string[] {
  if (given !== undefined) return words(given);
  const path = join(dataDir, FILE);
  if (!existsSync(path)) write(path, () => [fresh()], 'new');
  return words(readFileSync(path, 'utf8'));
}

/**
 * Puts a new key in front of the others. The next start encrypts with it what was encrypted before. One at a time: of two that read the same
 * keys one would take the other's away, with which a server that starts in between encrypts. Errors: invalid_option, data_folder_not_writable.
 */
export function rotateSecretKey(dataDir: string): void {
  const path = join(dataDir, FILE);
  if (!existsSync(path))
    throw new TiltmeterError(
      'invalid_option',
      `there is no ${FILE} in ${dataDir}: the key comes from elsewhere`,
    );
  write(path, () => [fresh(), ...words(readFileSync(path, 'utf8'))], 'replace');
}

const fresh = () => randomBytes(32).toString('base64url');
const words = (text: string) => text.split(/[\s,]+/).filter((word) => word !== '');

/** Whole or not at all; a new one never takes the place of one that somebody else made meanwhile. */
function write(path: string, keys: () => readonly string[], how: 'new' | 'replace'): void {
  const beside = how === 'new' ? `${path}.${process.pid}` : `${path}.new`;
  if (how === 'replace') claim(beside);
  try {
    writeFileSync(beside, `${keys().join('\n')}\n`, { mode: 0o600, flush: true });
    chmodSync(beside, 0o600);
    if (how === 'replace') renameSync(beside, path);
    else linkSync(beside, path);
  } catch (error) {
    if ((error as { code?: string }).code === 'EEXIST') return;
    const why = (error as Error).message;
    throw new TiltmeterError('data_folder_not_writable', `${path} cannot be written: ${why}`, {
      cause: error,
    });
  } finally {
    rmSync(beside, { force: true });
  }
}

/** Makes an empty file that nobody else has. Errors: data_folder_not_writable. */
function claim(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const why =
      code === 'EEXIST'
        ? `${path} is there: another rotation goes on, or one was cut off; remove it when none goes on`
        : `${path} cannot be written: ${message}`;
    throw new TiltmeterError('data_folder_not_writable', why, { cause: error });
  }
}
