import type { InferredType } from './infer.ts';

/** Rows of each case. */
export const ROWS = 200;
const pad = (n: number, width: number) => String(n).padStart(width, '0');
/** Spread over the range, repeating now and then, the same in every run. */
const scattered = (i: number, most: number) => (i * 7919) % most;
const WORDS = ['the', 'room', 'was', 'cold', 'and', 'dark', 'with', 'bad', 'food', 'again'];

/** A column and what it is. */
export interface Case {
  readonly name: string;
  readonly value: (i: number) => string | number | null;
  readonly is: InferredType;
}

const numeric: InferredType = { type: 'numeric', skip: null };
const categorical: InferredType = { type: 'categorical', skip: null };
const boolean: InferredType = { type: 'boolean', skip: null };
const identifier = (type: InferredType['type']): InferredType => ({ type, skip: 'identifier' });
const time: InferredType = { type: 'time', skip: 'time' };

export const CASES: readonly Case[] = [
  { name: 'price', value: (i) => (scattered(i, 997) / 10).toFixed(1), is: numeric },
  { name: 'negative and exponent', value: (i) => `-${i + 1}e-3`, is: numeric },
  { name: 'age', value: (i) => 18 + scattered(i, 60), is: numeric },
  { name: 'rating of few values', value: (i) => 1 + (i % 5), is: numeric },
  { name: 'amount without repeats', value: (i) => scattered(i, 100_003) + 1, is: numeric },
  { name: 'number with gaps', value: (i) => (i % 3 ? i * 1.5 : 'NA'), is: numeric },
  { name: 'number with some text', value: (i) => (i % 50 === 0 ? 'n/k' : i * 1.5), is: numeric },
  { name: 'mixed halves', value: (i) => (i % 2 ? i : `code ${i % 7}`), is: categorical },
  { name: 'constant', value: () => 7, is: numeric },
  { name: 'account', value: (i) => `12345678901234567${10 + (i % 40)}`, is: categorical },
  { name: 'particles', value: (i) => `${1 + (i % 40) / 10}e23`, is: numeric },
  { name: 'customer_id', value: (i) => 50_000 + scattered(i, 1_000_003), is: identifier('numeric') },
  { name: 'row number', value: (i) => i, is: identifier('numeric') },
  { name: 'customerID', value: (i) => `C-${pad(i, 5)}`, is: identifier('categorical') },
  {
    name: 'session',
    value: (i) => `6f${pad(i, 6)}-aa00-4b2c-9d3e-${pad(i, 12)}`,
    is: identifier('categorical'),
  },
  { name: 'country_id', value: (i) => i % 12, is: categorical },
  { name: 'customer id that returns', value: (i) => `C${i % 90}`, is: categorical },
  { name: 'merchantId', value: (i) => 5_000_000 + scattered(i, 91) * 137, is: identifier('numeric') },
  { name: 'prepaid', value: (i) => 20 + scattered(i, 150), is: numeric },
  { name: 'version', value: (i) => `1.${i % 4}.${i % 3}`, is: categorical },
  { name: 'social security', value: (i) => `${100 + (i % 4)}-${10 + (i % 9)}-1234`, is: categorical },
  { name: 'month', value: (i) => `2026-0${1 + (i % 9)}`, is: time },
  { name: 'header of a mail', value: (i) => `Mon, ${1 + (i % 28)} Mar 2026 10:00:00 GMT`, is: time },
  { name: 'eventTime', value: (i) => 1_767_225_600.25 + i, is: time },
  { name: 'ts', value: (i) => `17672256${pad(i, 11)}`, is: time },
  { name: 'Time', value: (i) => 10 * i + (i % 7) * 0.5, is: numeric },
  { name: 'shipZip', value: (i) => 10_000 + scattered(i, 89) * 1000, is: categorical },
  { name: 'London postcode', value: (i) => `SW1A ${i % 9}A${'ABC'[i % 3]}`, is: categorical },
  { name: 'infinite now and then', value: (i) => (i % 9 === 0 ? 'inf' : i * 1.5), is: numeric },
  { name: 'grid', value: (i) => scattered(i, 40), is: numeric },
  { name: 'zip', value: (i) => 10_000 + scattered(i, 89) * 1000, is: categorical },
  { name: 'postcode', value: (i) => `${pad(scattered(i, 90), 2)}115`, is: categorical },
  { name: 'leading zeros', value: (i) => pad(scattered(i, 150), 4), is: categorical },
  { name: 'country', value: (i) => ['DE', 'FR', 'US'][i % 3]!, is: categorical },
  { name: 'NA is missing', value: (i) => ['NA', 'EU'][i % 2]!, is: categorical },
  { name: 'yes and no', value: (i) => ['yes', 'no'][i % 2]!, is: boolean },
  { name: 'True and False', value: (i) => ['True', 'False'][i % 2]!, is: boolean },
  { name: 'zero and one', value: (i) => i % 2, is: boolean },
  { name: 'zero and one as floats', value: (i) => (i % 2 ? '1.0' : '0.0'), is: boolean },
  { name: 'one and two', value: (i) => 1 + (i % 2), is: numeric },
  { name: 'ISO date', value: (i) => `2026-0${1 + (i % 9)}-1${i % 10}`, is: time },
  { name: 'ISO time', value: (i) => `2026-03-04T05:06:${pad(i % 60, 2)}Z`, is: time },
  { name: 'day first', value: (i) => `${pad(1 + (i % 28), 2)}/03/2026`, is: time },
  { name: 'dotted', value: (i) => `${pad(1 + (i % 28), 2)}.03.2026 10:15`, is: time },
  { name: 'month in words', value: (i) => `${1 + (i % 28)} Mar 2026`, is: time },
  { name: 'month first in words', value: (i) => `March ${1 + (i % 28)}, 2026`, is: time },
  { name: 'event_date', value: (i) => 20_260_101 + (i % 28), is: time },
  { name: 'created_at', value: (i) => 1_767_225_600 + 3600 * i, is: time },
  { name: 'timestamp', value: (i) => 1_767_225_600_000 + 3_600_000 * i, is: time },
  {
    name: 'review',
    value: (i) => `${Array.from({ length: 8 }, (_, j) => WORDS[scattered(i + 31 * j, 10)]).join(' ')} ${i}`,
    is: { type: 'text', skip: null },
  },
  { name: 'long', value: (i) => `${i}${'x'.repeat(300)}`, is: { type: 'text', skip: null } },
  { name: 'nothing', value: () => null, is: { type: 'categorical', skip: 'all_missing' } },
  { name: 'phone', value: (i) => 49_301_000_000 + scattered(i, 50) * 12_345, is: categorical },
];
