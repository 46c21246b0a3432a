/** Names that are remembered at once, of each generation. */
const MOST = 10_000;

interface Bucket {
  readonly tokens: number;
  readonly at: number;
}

export interface AllowanceOptions {
  /** How much a name may take in `perMs` milliseconds. */
  readonly amount: number;
  readonly perMs: number;
  /** Milliseconds of a clock that nobody sets. */
  readonly monotonic: () => number;
  readonly most?: number;
}

export interface Allowance {
  /** 0 when the name may have it now, and has it then; else the seconds after which it may. More than all is given when all is left. */
  take(name: string, amount?: number): number;
  /** What `take` would say. */
  wait(name: string, amount?: number): number;
  /** What was taken in vain is there again. */
  giveBack(name: string, amount?: number): void;
  remembered(): number;
}

/**
 * A bucket of tokens per name, refilled evenly. However many names there are, a question costs the same and at most
 * `2 × most` are remembered: those seen since the last turn of generations, and those of the one before.
 * Example: `createAllowance({ amount: 10, perMs: 60_000, monotonic }).take('203.0.113.7')` → 0
 */
export function createAllowance({
  amount: most,
  perMs,
  monotonic,
  most: names = MOST,
}: AllowanceOptions): Allowance {
  const speed = most / perMs;
  let young = new Map<string, Bucket>();
  let old = new Map<string, Bucket>();
  let turned = monotonic();

  function ask(name: string, amount: number, keep: boolean): number {
    const now = monotonic();
    // After so long without a request a bucket is full, which is the same as none.
    if (young.size >= names || now - turned >= perMs) [old, young, turned] = [young, new Map(), now];
    const bucket = young.get(name) ?? old.get(name) ?? { tokens: most, at: now };
    const tokens = Math.min(most, bucket.tokens + (now - bucket.at) * speed);
    const needed = Math.min(amount, most);
    const pass = tokens >= needed;
    if (keep) young.set(name, { tokens: pass ? tokens - amount : tokens, at: now });
    // Less than a thousandth of a second is rounding.
    return pass ? 0 : Math.ceil((needed - tokens) / speed / 1000 - 0.001);
  }

  return {
    take: (name, amount = 1) => ask(name, amount, true),
    wait: (name, amount = 1) => ask(name, amount, false),
    giveBack: (name, amount = 1) => void ask(name, -amount, true),
    remembered: () => young.size + old.size,
  };
}
