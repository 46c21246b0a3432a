import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Terminal } from '../terminal.ts';

/** Something that is known of an import, as JSON. */
export interface KeptFile<T> {
  read(): T | undefined;
  keep(what: T): void;
  forget(): void;
}

/**
 * What is kept of files in the user's state folder while an import of them is under way: the files are known by size and time
 * of change, and `about` tells apart what is kept of the same ones. Without a home folder nothing is kept.
 */
export function keptFile<T>(
  { env }: Pick<Terminal, 'env'>,
  files: readonly string[],
  about: readonly unknown[],
): KeptFile<T> {
  const state = env.XDG_STATE_HOME ?? (env.HOME === undefined ? undefined : join(env.HOME, '.local/state'));
  if (state === undefined || state === '') return { read: () => undefined, keep() {}, forget() {} };
  const seen = files.map((file) => [resolve(file), statSync(file).size, statSync(file).mtimeMs]);
  const name = createHash('sha256')
    .update(JSON.stringify([about, seen]))
    .digest('hex')
    .slice(0, 32);
  const folder = join(state, 'tiltmeter', 'imports');
  const path = join(folder, `${name}.json`);
  return {
    read() {
      try {
        return JSON.parse(readFileSync(path, 'utf8')) as T;
      } catch {
        return undefined;
      }
    },
    keep(what) {
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        writeFileSync(`${path}.new`, JSON.stringify(what), { mode: 0o600 });
        renameSync(`${path}.new`, path);
      } catch {
        // Where nothing can be kept the import works all the same.
      }
    },
    forget: () => rmSync(path, { force: true }),
  };
}
