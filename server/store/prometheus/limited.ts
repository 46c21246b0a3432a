/**
 * Runs work of which so much goes on at a time; what comes meanwhile waits in its order. Example:
 * `const inTurn = limited(4); await inTurn(() => fetch(url))`
 */
export function limited(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (running >= most) await new Promise<void>((go) => waiting.push(go));
    else running++;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running--;
      else next();
    }
  };
}
