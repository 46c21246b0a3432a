/**
 * The hybrid clock of one process: what is written gets a stamp that is the wall clock where that goes forward, and one
 * more than the last where it does not. It knows which stamps are under way, so that others can be told up to where
 * everything is visible.
 */
export interface Stamps {
  /** A stamp larger than every one before and not below any mark that was told. It is under way until it is `settled`. */
  next(): number;
  /** What bears this stamp is visible, or will never come. */
  settled(stamp: number): void;
  /** Everything of this process with a smaller stamp is visible or will never come. Never goes back. */
  mark(): number;
  /** Stamps are not below `floor` from now on. */
  raise(floor: number): void;
}

/**
 * Example: with the clock at 1000, `const stamp = stamps.next()` → 1000, then `stamps.mark()` → 1000 for as long as it is
 * under way; after `stamps.settled(stamp)` it is the clock's time, or 1001 while that says 1000 or less.
 */
export function createStamps(clock: () => number): Stamps {
  let last = Number.NEGATIVE_INFINITY;
  // stamps only grow, so the first one that is under way is the smallest
  const underWay = new Set<number>();
  const free = () => Math.max(Math.floor(clock()), last + 1);
  return {
    next() {
      last = free();
      underWay.add(last);
      return last;
    },
    settled: (stamp) => void underWay.delete(stamp),
    mark() {
      const [smallest] = underWay;
      if (smallest !== undefined) return smallest;
      const mark = free();
      last = mark - 1;
      return mark;
    },
    raise(floor) {
      last = Math.max(last, Math.ceil(floor) - 1);
    },
  };
}
