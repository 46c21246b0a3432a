import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ElementEnd, opensMoreThan, shapeOf } from './json-scan.ts';

function endOfElement(text: string, from: number): number {
  const looking = new ElementEnd(text, from);
  looking.goOn(text.length);
  return looking.end;
}

test('an element ends at its comma or bracket, whatever is in it', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 3 }), fc.constantFrom(0, 1, '\t'), (value, space) => {
      const text = JSON.stringify(value, null, space);
      for (const behind of [',1]', ' , {}]', ']']) {
        const end = endOfElement(`[${text}${behind}`, 1);
        expect(`[${text}${behind}`.slice(1, end).trim()).toBe(text);
      }
    }),
    { numRuns: 500, seed: 1 },
  );
});

test.each(['', '1', '{"a":1', '"a]', '{]', '}', '[[1]'])('nothing ends %j', (text) => {
  expect(endOfElement(text, 0)).toBe(-1);
});

test('objects and lists are counted of each element, those in strings are not', () => {
  expect(shapeOf('{"a":"[[[\\"[","b":[[1],[2]]}')).toEqual({ depth: 3, opens: 4 });
});

test('however many brackets stand in a string, they open nothing', () => {
  const text = JSON.stringify({ a: '{['.repeat(100) });
  expect(opensMoreThan(text, 5)).toBe(false);
  expect(opensMoreThan('[[]]', 2)).toBe(false);
  expect(opensMoreThan('[[{}]]', 2)).toBe(true);
});

test('a million brackets are counted without a stack', () => {
  const n = 1_000_000;
  expect(shapeOf('['.repeat(n) + ']'.repeat(n))).toEqual({ depth: n, opens: n });
  expect(endOfElement(`${'['.repeat(n)}${']'.repeat(n)},`, 0)).toBe(2 * n);
});
