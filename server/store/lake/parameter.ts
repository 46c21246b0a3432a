import { TiltmeterError } from '../../../contract/errors.ts';
import type { LakeParam } from './lake.ts';
import { parameterNames } from './statement.ts';

/**
 * The text the engine reads a bound value from (its "escaped" form), as the HTTP client writes it too. The engine parses it
 * by the type in `{name:Type}`; it never becomes SQL. `parameterText(['a', "b'c"])` → `['a','b\'c']`
 */
export function parameterText(value: LakeParam): string {
  if (value === null) return '\\N';
  if (typeof value === 'string') return escaped(value);
  if (Array.isArray(value)) return `[${value.map(element).join(',')}]`;
  return scalar(value as number | bigint | boolean);
}

/** The parameters a statement names; what it does not name is left out. Throws when one is missing. */
export function boundNames(sql: string, params: Record<string, LakeParam> = {}): Record<string, LakeParam> {
  const bound: Record<string, LakeParam> = {};
  if (!sql.includes('{')) return bound;
  for (const name of parameterNames(sql)) {
    if (params[name] === undefined)
      throw new TiltmeterError('internal', undefined, {
        cause: new Error(`{${name}} of a statement is not bound`),
      });
    bound[name] = params[name];
  }
  return bound;
}

function scalar(value: number | bigint | boolean): string {
  if (typeof value === 'number' && !Number.isFinite(value))
    return String(value).toLowerCase().replace('infinity', 'inf');
  return String(value);
}

function element(value: string | number | bigint): string {
  if (typeof value !== 'string') return scalar(value);
  return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\0', '\\0')}'`;
}

const ESCAPES: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r', '\0': '\\0' };

function escaped(text: string): string {
  return text.replace(/[\\\t\n\r\0]/g, (character) => ESCAPES[character]!);
}
