import { accessSync, constants, existsSync, globSync, readdirSync, type Stats, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { TiltmeterError } from '../../contract/errors.ts';
import { nearest } from '../nearest.ts';

/**
 * The files that a path or glob names, sorted. Folders that a glob meets are left out.
 * @throws unreadable_table when there is none, or one is a folder, empty, a pipe, or may not be read.
 */
export function locate(pattern: string): string[] {
  const fail = (file: string, what: string) => new TiltmeterError('unreadable_table', `${file}: ${what}`);
  const exact = existsSync(pattern);
  const met = exact ? [pattern] : globSync(pattern).sort();
  const files = met.filter((file) => exact || !statOf(file)?.isDirectory());
  if (files.length === 0) throw fail(pattern, noneMet(pattern));
  for (const file of files) {
    const stat = statOf(file);
    if (!stat) throw fail(file, 'cannot be opened; it may be a link to a file that is gone');
    if (stat.isDirectory())
      throw fail(file, `is a folder; name files, or a glob such as ${file.replace(/\/+$/, '')}/*.parquet`);
    if (!stat.isFile())
      throw fail(file, 'is no plain file, and is read more than once; write it to a file first');
    if (stat.size === 0) throw fail(file, 'is empty');
    if (!isReadable(file)) throw fail(file, 'may not be read; check its owner and mode');
  }
  return files;
}

function statOf(file: string): Stats | undefined {
  try {
    return statSync(file);
  } catch {
    return undefined;
  }
}

function isReadable(file: string): boolean {
  try {
    accessSync(file, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}

/** Why there is no file, with the one of a like name that there is. */
function noneMet(pattern: string): string {
  if (/[*?{[]/.test(pattern)) return 'no file matches this glob';
  try {
    const near = nearest(basename(pattern), readdirSync(dirname(pattern)));
    return near === undefined ? 'no such file' : `no such file; did you mean "${near}"?`;
  } catch {
    return 'no such file';
  }
}
