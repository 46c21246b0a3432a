import { expect, test } from 'vitest';
import { extentText } from './extent.ts';

test.each([
  [{ min: 3, max: 97 }, '', '3.00 – 97.0'],
  [{ min: 0.0058, max: 0.007 }, 'ms', '5.8 µs – 7 µs'],
  [{ min: 5, max: 5 }, '', '5.00'],
  [{ min: null, max: null }, '', '–'],
])('%o', (extremes, unit, text) => expect(extentText(extremes, unit)).toBe(text));
