import { expect, test } from 'vitest';
import { Engine } from './engine.ts';

test('uses its threads even where memory is less than a gigabyte for each', async () => {
  const engine = new Engine({ threads: 2, maxMemoryBytes: 500e6 });
  try {
    const pipeline = await engine.rows<[string]>(
      'EXPLAIN PIPELINE SELECT sum(number) FROM numbers_mt(10000000)',
    );
    expect(pipeline.flat().join('\n')).toMatch(/AggregatingTransform × 2/);
  } finally {
    engine.close();
  }
});
