import { expect, test } from 'vitest';
import { fact } from '../test-facts.ts';
import { planted } from '../testing/planted.ts';

test('slow, failing and busy at once', () => {
  const more = [
    fact('latency', '', { metric: 'p99', value: 150, baseline: 17 }),
    fact('error_rate', '', { value: 0.2, baseline: 0 }),
  ];
  const { causes } = planted('infrastructure_saturation', { more, load: 1.6 });
  expect(causes[0]).toMatchObject({ kind: 'infrastructure_saturation' });
  expect(causes[0]!.sentence).toMatch(
    /answers take .* times as long, .* of requests fail, 1.6 times as much is asked/,
  );
});
