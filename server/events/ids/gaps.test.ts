import { expect, test } from 'vitest';
import { Gaps } from './gaps.ts';

const claim = (from: number, to: number, tables = ['t']) => ({ lake: '', from, to, tables });

test('what is missing is what nobody claims', () => {
  const gaps = new Gaps();
  const t = gaps.add('t', { from: 0, to: 100 }, [claim(-5, 20), claim(40, 60), claim(60, 90, ['u'])]);
  expect(t.gaps).toEqual([
    { from: 20, to: 40 },
    { from: 60, to: 100 },
  ]);
  expect(t.doubt).toEqual({ from: 20, to: 100, seen: false });
  expect(gaps.end()).toBe(100);
  expect(gaps.within({ from: 30, to: 70 })).toEqual([
    [
      't',
      [
        { from: 60, to: 70 },
        { from: 30, to: 40 },
      ],
    ],
  ]);
  expect(gaps.complete({ from: 40, to: 60 })).toEqual(['t']);
  expect(gaps.complete({ from: 40, to: 61 })).toEqual([]);
  gaps.fill({ from: 0, to: 100 }, 't');
  expect(t.doubt).toBe(undefined);
  expect(gaps.end()).toBe(undefined);
});

test('beside other servers what they store may always be new', () => {
  const gaps = new Gaps(50);
  const t = gaps.add('t', { from: 0, to: 50 });
  expect(t.doubt).toEqual({ from: 0, to: undefined, seen: false });
  gaps.fill({ from: 0, to: 50 });
  expect(t.doubt).toEqual({ from: 50, to: undefined, seen: false });
  gaps.followed(60);
  expect(t.doubt).toEqual({ from: 60, to: undefined, seen: false });
});

test('a table that comes while others are followed is missing whole, and followed from the next time on', () => {
  const gaps = new Gaps(50);
  const late = gaps.add('late', { from: 0, to: Number.POSITIVE_INFINITY });
  expect(gaps.end()).toBe(undefined);
  gaps.closeAt(50);
  expect(late.gaps).toEqual([{ from: 0, to: 50 }]);
  gaps.followed(60);
  expect(late.doubt).toEqual({ from: 0, to: undefined, seen: false });
  gaps.fill({ from: 0, to: 50 });
  expect(late.doubt).toEqual({ from: 60, to: undefined, seen: false });
});
