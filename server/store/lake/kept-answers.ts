import type { Lake, LakeParam } from './lake.ts';

/** Rows of a table that answers are made of. */
export interface Origin {
  /** `tiltmeter.profiles WHERE model = {model:String}`: where they lie, without FINAL. */
  readonly rows: string;
  readonly params: Record<string, LakeParam>;
  /** The column by which a later row of the same key wins; what is written later has a greater one. */
  readonly revision: string;
}

interface Kept {
  readonly state: string;
  readonly answer: Promise<unknown>;
  /** Characters as JSON, about its bytes in memory; 0 while it is being read. */
  size: number;
}

/** Characters that are kept of all answers of a lake together, and of a single one. */
const MOST = 24_000_000;
const MOST_OF_ONE = MOST / 4;

/** Answers by what was asked, the one that was asked for longest ago first. */
class Keeper {
  readonly #kept = new Map<string, Kept>();
  #size = 0;

  answer<Answer>(key: string, state: string, read: () => Promise<Answer>): Promise<Answer> {
    const before = this.#kept.get(key);
    this.#kept.delete(key);
    if (before?.state === state) {
      this.#kept.set(key, before);
      return before.answer as Promise<Answer>;
    }
    this.#size -= before?.size ?? 0;
    const answer = read();
    const kept: Kept = { state, answer, size: 0 };
    this.#kept.set(key, kept);
    answer.then(
      (found) => this.#weigh(key, kept, JSON.stringify(found).length),
      () => this.#forget(key, kept),
    );
    return answer;
  }

  #weigh(key: string, kept: Kept, size: number): void {
    if (this.#kept.get(key) !== kept) return;
    kept.size = size;
    this.#size += size;
    if (size > MOST_OF_ONE) this.#forget(key, kept);
    for (const [oldest, its] of this.#kept) {
      if (this.#size <= MOST) break;
      if (its.size > 0) this.#forget(oldest, its);
    }
  }

  #forget(key: string, kept: Kept): void {
    if (this.#kept.get(key) !== kept) return;
    this.#kept.delete(key);
    this.#size -= kept.size;
  }
}

const keepers = new WeakMap<Lake, Keeper>();

/**
 * An answer made of rows of the lake, read once for all who ask for it, and again as soon as a row of its origin was
 * written or removed, by whatever server: that is looked for each time, which costs a fraction of reading. `asked` is all
 * that the answer depends on beside those rows. The answer is plain data, shared: nobody may change it.
 * Example: `await keptAnswer(lake, { rows, params, revision: 'known_at' }, ['signals', shape], () => readAll())`
 */
export async function keptAnswer<Answer>(
  lake: Lake,
  origin: Origin,
  asked: readonly unknown[],
  read: () => Promise<Answer>,
): Promise<Answer> {
  return keptWhile(lake, await stateOf(lake, origin), [origin.rows, origin.params, asked], read);
}

/** The same for who knows by itself whether anything changed: `state` was read before, and is another text then. */
export function keptWhile<Answer>(
  lake: Lake,
  state: string,
  asked: readonly unknown[],
  read: () => Promise<Answer>,
): Promise<Answer> {
  const keeper = keepers.get(lake) ?? new Keeper();
  keepers.set(lake, keeper);
  return keeper.answer(JSON.stringify(asked), state, read);
}

/**
 * Two texts are equal only when the same rows were stored: of two times with as many rows, the sum of the revisions is
 * greater after one was replaced, as the one that replaced it is newer.
 */
async function stateOf(lake: Lake, { rows, params, revision }: Origin): Promise<string> {
  const [row] = await lake.query<{ state: string }>(
    `SELECT concat(toString(count()), ' ', toString(sum(toUnixTimestamp64Milli(${revision})))) AS state FROM ${rows}`,
    params,
  );
  return row!.state;
}
