const NANOSECONDS: Readonly<Record<string, number>> = {
  ...{ ns: 1, us: 1e3, µs: 1e3, μs: 1e3, ms: 1e6, s: 1e9, m: 60e9, h: 3600e9 },
};
const PART = /(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h)/g;

/** Nanoseconds of a duration as Go writes it; undefined where it is none, or beyond 2^53. `nanosecondsOf('1m1.5s')` → 61_500_000_000 */
export function nanosecondsOf(text: string): number | undefined {
  const parts = [...text.matchAll(PART)];
  if (parts.length === 0 || parts.map(([part]) => part).join('') !== text) return undefined;
  const sum = Math.round(
    parts.reduce((sum, [, count, unit]) => sum + Number(count) * NANOSECONDS[unit!]!, 0),
  );
  return sum <= Number.MAX_SAFE_INTEGER ? sum : undefined;
}
