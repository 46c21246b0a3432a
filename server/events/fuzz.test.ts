import { test } from 'vitest';
import { fuzzIngest } from './testing/fuzz.ts';

test('100 generated bodies, none answered with a 5xx', () => fuzzIngest(100, 1));
