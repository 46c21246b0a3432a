import { existsSync, globSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { TiltmeterError } from '../../contract/errors.ts';

/**
 * The files that a path or glob names, sorted, absolute.
 * @throws unreadable_table when there is none, or one is a folder or empty.
 */
export function locate(pattern: string): string[] {
  const files = existsSync(pattern) ? [pattern] : globSync(pattern).sort();
  if (files.length === 0) {
    throw new TiltmeterError('unreadable_table', `${pattern}: no such file`);
  }
  for (const file of files) {
    const stat = statSync(file);
    if (stat.isDirectory())
      throw new TiltmeterError(
        'unreadable_table',
        `${file}: is a folder; name files, or a glob such as ${file}/*.parquet`,
      );
    if (stat.size === 0) throw new TiltmeterError('unreadable_table', `${file}: is empty`);
  }
  return files.map((file) => resolve(file));
}
