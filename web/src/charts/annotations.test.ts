import { expect, test } from 'vitest';
import {
  type Band,
  bandsAbout,
  belongs,
  clipped,
  flagsOf,
  share,
  snapped,
  zoomedOut,
} from './annotations.ts';

const RANGE = { from: 100, to: 200 };

test('share is clipped to the range', () => {
  expect([50, 100, 150, 250].map((time) => share(time, RANGE))).toEqual([0, 0, 0.5, 1]);
});

test('bands are cut to the range, others left out', () => {
  const band = (from: number, to: number) => ({ id: `${from}`, title: '', from, to });
  expect(clipped([band(0, 100), band(50, 120), band(150, 160), band(200, 300)], RANGE)).toEqual([
    { ...band(50, 120), from: 100 },
    band(150, 160),
  ]);
});

const incident = (priority: Band['priority'], about: Band['about'], from = 0): Band => ({
  ...{ id: priority, title: '', from, to: from + 10, priority, about },
});

test('an incident belongs to the rows of its alerts alone', () => {
  const band = incident('P2', [{ kind: 'drift', column: 'age' }]);
  expect(belongs(band, { kind: 'drift', column: 'age' })).toBe(true);
  expect(belongs(band, { column: 'age' })).toBe(true);
  expect(belongs(band, { kind: ['drift', 'missing'] })).toBe(true);
  expect(belongs(band, { kind: 'missing', column: 'age' })).toBe(false);
  expect(belongs(band, { kind: 'drift', column: 'income' })).toBe(false);
});

test('the most urgent incident lies on top', () => {
  const about = [{ kind: 'drift', column: 'age' }];
  const bands = [incident('P1', about), incident('P3', about), incident('P2', about)];
  expect(bandsAbout(bands, { kind: 'drift' }).map(({ priority }) => priority)).toEqual(['P3', 'P2', 'P1']);
});

test('labels of changes have the room up to the next one, or none', () => {
  const mark = (time: number) => ({ id: `${time}`, time, title: '', kind: 'deploy' });
  const flags = flagsOf([mark(150), mark(110), mark(111), mark(300)], RANGE, 1_000);
  expect(flags.map(({ mark: { id }, room }) => [id, room])).toEqual([
    ['110', 0],
    ['111', 384],
    ['150', 494],
  ]);
});

test('a drag in either direction is whole buckets, at least one', () => {
  expect(snapped(118, 143, 10)).toEqual({ from: 110, to: 150 });
  expect(snapped(143, 118, 10)).toEqual({ from: 110, to: 150 });
  expect(snapped(120, 120, 10)).toEqual({ from: 120, to: 130 });
});

test('zooming out doubles, but never beyond the data and never inwards', () => {
  expect(zoomedOut(RANGE, { first: null, last: null })).toEqual({ from: 50, to: 250 });
  expect(zoomedOut(RANGE, { first: 80, last: 210 })).toEqual({ from: 80, to: 210 });
  expect(zoomedOut(RANGE, { first: 120, last: 180 })).toEqual({ from: 100, to: 200 });
});
