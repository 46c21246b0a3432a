import { posix } from 'node:path';
import type { Source } from './sources.ts';

export interface Import {
  readonly from: string;
  /** Path from the root for files of the repository; the specifier itself for packages and node: modules. */
  readonly to: string;
  readonly typeOnly: boolean;
  readonly local: boolean;
}

const STATEMENT = /^\s*(?:import|export)\s+(type\s+)?(?:([^'";]*?)\s+from\s+)?['"]([^'"]+)['"]/gm;
const DYNAMIC = /\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;

/** The static and dynamic imports of a file. `import { type A }` counts as type-only when all its names are types. */
export function importsOf({ path, text }: Source): Import[] {
  const found: Import[] = [];
  for (const [, type, names, specifier] of text.matchAll(STATEMENT)) {
    found.push(made(path, specifier!, type !== undefined || allTypes(names ?? '')));
  }
  for (const [, specifier] of text.matchAll(DYNAMIC)) found.push(made(path, specifier!, false));
  return found;
}

function allTypes(names: string): boolean {
  const braces = /^\{([\s\S]*)\}$/.exec(names.trim());
  if (braces === null) return false;
  const list = braces[1]!
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  return list.length > 0 && list.every((name) => name.startsWith('type '));
}

function made(from: string, specifier: string, typeOnly: boolean): Import {
  const local = specifier.startsWith('.');
  const to = local ? posix.normalize(posix.join(posix.dirname(from), specifier)) : specifier;
  return { from, to, typeOnly, local };
}
