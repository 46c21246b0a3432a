import { expect, test } from 'vitest';
import type { ReviewItem } from '../../api/types.ts';
import { currentOf, sequenceOf, stepFrom, withDone } from './sequence.ts';

const item = (id: string) => ({ id }) as ReviewItem;
const [a, b, c] = [item('a'), item('b'), item('c')];

test('one goes through what waits, and back to what was done here', () => {
  const trail = withDone([], a, 'yes');
  // The server has not said yet that a is done.
  const all = sequenceOf(trail, [a, b, c]);
  expect(all).toEqual([a, b, c]);
  expect(currentOf(all, trail, null)).toBe(b);
  expect(currentOf(all, trail, 'a')).toBe(a);
  expect(stepFrom(all, b, -1)).toBe('a');
  expect(stepFrom(all, c, 1)).toBeNull();
  // Somebody else took what was chosen.
  expect(currentOf(sequenceOf(trail, [c]), trail, 'b')).toBe(c);
  expect(withDone(trail, a, 'no')).toEqual([{ item: a, said: 'no' }]);
  expect(currentOf(sequenceOf(trail, []), trail, null)).toBeNull();
});
