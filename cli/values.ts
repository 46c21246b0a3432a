import { InvalidArgumentError } from 'commander';

/** What an option that takes a setting back comes to: commander has no null. */
export const NOTHING = '';

const UNITS: Readonly<Record<string, number>> = { s: 1e3, m: 60e3, h: 3_600e3, d: 86_400e3, w: 604_800e3 };

/** A length of time as people write it, in milliseconds. `milliseconds('90m')` → 5400000 */
export function milliseconds(text: string): number {
  const [, number, unit] = /^(\d+(?:\.\d+)?)\s*([smhdw])$/.exec(text.trim()) ?? [];
  if (number === undefined || unit === undefined) {
    throw new InvalidArgumentError('It must be a number and a unit: 90s, 30m, 12h, 5d, 2w.');
  }
  return Math.round(Number(number) * UNITS[unit]!);
}

/** The same as people read it, in the largest unit that fits. `lengthOf(5400000)` → '90m' */
export function lengthOf(ms: number): string {
  if (ms === 0) return '0';
  const [unit, size] = Object.entries(UNITS).findLast(([unit, size]) => unit !== 'w' && ms % size === 0) ?? [
    's',
    1e3,
  ];
  return `${ms / size}${unit}`;
}

/** Whole days, or nothing for `none`. `days('400d')` → 400 */
export function days(text: string): number | '' {
  if (text === 'none') return NOTHING;
  const number = Number(/^(\d+)d?$/.exec(text.trim())?.[1]);
  if (!Number.isInteger(number))
    throw new InvalidArgumentError('It must be whole days such as 400, or none.');
  return number;
}

/** Names between commas. `names('a, b')` → ['a', 'b'] */
export function names(text: string): string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** A number. */
export function number(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new InvalidArgumentError('It must be a number.');
  return value;
}
