import { expect, test } from 'vitest';
import { inTurn } from './turns.ts';

/** Keeps the thread, as drawing does. */
function busy(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

test('drawings that come at once leave the page its turns, in their order; what is taken back is not drawn', async () => {
  const seen: string[] = [];
  const done = new Promise<void>((resolve) => {
    for (const name of ['a', 'b', 'c'])
      inTurn(() => {
        seen.push(name);
        busy(15);
        if (name === 'c') resolve();
      });
    inTurn(() => seen.push('never'))();
  });
  const between = setInterval(() => seen.push('-'), 1);
  await done;
  clearInterval(between);
  expect(seen.filter((one) => one !== '-')).toEqual(['a', 'b', 'c']);
  expect(seen.slice(seen.indexOf('a'), seen.indexOf('c'))).toContain('-');
});
