import { rfc3339 } from '../../../contract/time.ts';

/** The smallest piece of work: one column of one bucket, or `_all` (its rows) or `_labels` (all that labels add). */
export interface Leaf {
  readonly bucket: number;
  readonly name: string;
}

/** What labels add, as the name of a piece; no feature's name begins with `_`. */
export const LABELS = '_labels';
/** What outcomes add. */
export const OUTCOMES = '_outcomes';
/** What agents sent, and columns of it that there is no room for. */
export const SENT_PROFILES = '_sent';
export const SENT_COLUMNS = '_sent_columns';
export const ROWS = '_all';

/** Stands for all buckets: new labels could not be put beside their predictions. */
export const EVERY_BUCKET = -1;

/** A piece that failed: it is left out until `next`, so that it holds up only itself. */
export interface Held extends Leaf {
  readonly failures: number;
  /** Epoch ms. */
  readonly next: number;
  readonly message: string;
}

export interface Failure extends Leaf {
  readonly message: string;
}

/** More pieces than this do not fail by themselves: something is wrong with the store. */
export const HELD_AT_MOST = 20;

const FIRST_PAUSE_MS = 10_000;
const LONGEST_PAUSE_MS = 6 * 3_600_000;

const same = (a: Leaf, b: Leaf) => a.bucket === b.bucket && a.name === b.name;

/** What is held after a roll-up: what is not tried again yet, and what failed, with pauses that double. Pure. */
export function heldAfter(held: readonly Held[], failures: readonly Failure[], now: number): Held[] {
  const failed = failures.map((failure) => {
    const before = held.find((each) => same(each, failure))?.failures ?? 0;
    const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** before);
    return { ...failure, failures: before + 1, next: now + pause };
  });
  return [...held.filter(({ next }) => next > now), ...failed];
}

const WHOLE: Readonly<Record<string, string>> = {
  [OUTCOMES]: 'new outcomes cannot be put beside their predictions',
  [SENT_PROFILES]: 'what agents sent cannot be merged',
  [SENT_COLUMNS]: 'what agents sent is merged in part',
};

/** In plain words, for people. `failureText([])` → null */
export function failureText(held: readonly Held[]): string | null {
  const [first] = held;
  if (first === undefined) return null;
  const what =
    first.name === ROWS
      ? 'the predictions'
      : first.name === LABELS
        ? 'what labels add'
        : first.name === OUTCOMES
          ? 'what outcomes add'
          : `the column ${first.name}`;
  if (first.bucket === EVERY_BUCKET)
    return `${WHOLE[first.name] ?? 'new labels cannot be put beside their predictions'}: ${first.message}`;
  const others = held.length > 1 ? `, and ${held.length - 1} more` : '';
  return `${what} of the bucket of ${rfc3339(first.bucket)} cannot be counted${others}: ${first.message}`;
}
