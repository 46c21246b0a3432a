import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { ImportSummary } from '../../contract/table.ts';
import { nothingYet } from '../../mapping/summary.ts';
import type { Terminal } from '../terminal.ts';

/** How far an import came: everything up to this batch was acknowledged. */
export interface Place {
  readonly batches: number;
  /** Columns whose type was not settled when it began: rows are sent in the order that they gave. */
  readonly unsettled: readonly string[];
  readonly summary: ImportSummary;
}

/** Where the place of one import is kept. */
export interface Places {
  read(): Place | undefined;
  keep(place: Place): void;
  /** It is done. */
  forget(): void;
}

/**
 * The place of an import in the user's state folder, so that the same command goes on behind what was acknowledged. An
 * import is the same when server, model, mapping and files are, the files by size and time of change. Without a home
 * folder nothing is kept: the import begins anew, and the server recognises what it has.
 */
export function placesOf(
  { env }: Pick<Terminal, 'env'>,
  files: readonly string[],
  asked: readonly unknown[],
): Places {
  const state = env.XDG_STATE_HOME ?? (env.HOME === undefined ? undefined : join(env.HOME, '.local/state'));
  if (state === undefined || state === '') return NOWHERE;
  const seen = files.map((file) => [resolve(file), statSync(file).size, statSync(file).mtimeMs]);
  const name = createHash('sha256')
    .update(JSON.stringify([asked, seen]))
    .digest('hex')
    .slice(0, 32);
  const folder = join(state, 'tiltmeter', 'imports');
  const path = join(folder, `${name}.json`);
  return {
    read() {
      try {
        const place = JSON.parse(readFileSync(path, 'utf8')) as Place;
        return { ...place, summary: { ...nothingYet(), ...place.summary } };
      } catch {
        return undefined;
      }
    },
    keep(place) {
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        writeFileSync(`${path}.new`, JSON.stringify(place), { mode: 0o600 });
        renameSync(`${path}.new`, path);
      } catch {
        // Where nothing can be kept the import works all the same.
      }
    },
    forget: () => rmSync(path, { force: true }),
  };
}

const NOWHERE: Places = { read: () => undefined, keep() {}, forget() {} };
