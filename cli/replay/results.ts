import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import type { Answer } from './ask.ts';
import type { ReplayRow } from './rows.ts';

/** What came of one row. */
export interface Result {
  readonly id: string;
  readonly stored: string | number | null;
  readonly label: string | number | null;
  readonly answer: Answer;
}

export const resultOf = ({ id, stored, label }: ReplayRow, answer: Answer): Result => ({
  id,
  stored,
  label,
  answer,
});

/** Results in a file of lines that its owner alone may read, so that the same command goes on where it was stopped: rows without an answer are asked again. */
export interface Kept {
  readonly known: ReadonlyMap<string, Result>;
  keep(result: Result): void;
}

/** @param path null: nothing is kept. */
export function keptResults(path: string | null): Kept {
  if (path === null) return { known: new Map(), keep() {} };
  const known = new Map<string, Result>();
  const lines = existsSync(path) ? readFileSync(path, 'utf8').split('\n') : [];
  for (const line of lines) {
    const result = read(line);
    if (result !== null) known.set(result.id, result);
  }
  return { known, keep: (result) => appendFileSync(path, `${JSON.stringify(result)}\n`, { mode: 0o600 }) };
}

/** A line that was cut off when the last try was stopped is none. */
function read(line: string): Result | null {
  try {
    const result = JSON.parse(line) as Result;
    return typeof result?.id === 'string' && 'value' in result.answer ? result : null;
  } catch {
    return null;
  }
}
