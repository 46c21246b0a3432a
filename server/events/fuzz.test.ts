import { test } from 'vitest';
import { fuzzIngest } from './testing/fuzz.ts';

test('500 generated bodies, none answered with a 5xx', () => fuzzIngest(500, 1));
