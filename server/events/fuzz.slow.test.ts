import { test } from 'vitest';
import { fuzzIngest } from './testing/fuzz.ts';

test('10,000 generated bodies, none answered with a 5xx', () => fuzzIngest(10_000, 2));
