/** So many readings within a second begin anew; who asks more often gets the last answer again. */
const OFTEN = 4;
const SECOND_MS = 1_000;
/** For so many times as long as it took: who asks without end takes a twentieth of a store. */
const TIMES = 20;
/** However long it took, an answer that is given again is not older than that. */
const OLDEST_MS = 2_000;
/** Questions of a store that are remembered, those that were read last. */
const MOST = 1_000;

interface Asked {
  readonly answer: Promise<unknown>;
  /** Until then it is given again; while it is being read for as long as that takes. */
  until: number;
  /** When this reading and those before it began. */
  readonly begun: readonly number[];
}

const asking = new WeakMap<object, Map<string, Asked>>();

/**
 * The answer of one reading of a store for all who ask while it is read; where more than four were read within a second, for twenty times as long behind it,
 * two seconds at most. What many may ask, as often as they like, costs the store little, and who asks now and then has the newest. A reading that failed is
 * not kept. Plain data, shared: nobody may change it. `monotonic` in milliseconds.
 * Example: `await askedTogether(lake, 'room', () => readRoom(lake))`
 */
export function askedTogether<Answer>(
  store: object,
  what: string,
  read: () => Promise<Answer>,
  monotonic: () => number = () => performance.now(),
): Promise<Answer> {
  const own = asking.get(store) ?? new Map<string, Asked>();
  asking.set(store, own);
  const began = monotonic();
  const known = own.get(what);
  if (known !== undefined && began < known.until) return known.answer as Promise<Answer>;
  const begun = [...(known?.begun ?? []), began].slice(-OFTEN - 1);
  const often = begun.length > OFTEN && began - begun[0]! < SECOND_MS;
  const answer = read();
  const asked: Asked = { answer, until: Number.POSITIVE_INFINITY, begun };
  own.delete(what);
  own.set(what, asked);
  if (own.size > MOST) own.delete(own.keys().next().value!);
  const keep = (ms: number) => {
    asked.until = monotonic() + ms;
  };
  answer.then(
    () => keep(often ? Math.min(OLDEST_MS, TIMES * (monotonic() - began)) : 0),
    () => keep(0),
  );
  return answer;
}
