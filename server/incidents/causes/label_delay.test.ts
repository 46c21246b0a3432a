import { expect, test } from 'vitest';
import { fact } from '../test-facts.ts';
import { planted } from '../testing/planted.ts';
import { label_delay } from './label_delay.ts';

test('rests on alerts about labels that have not come, and on nothing else', () => {
  const { about } = planted('label_delay');
  expect(label_delay.explain({ ...about, facts: [fact('performance', ''), fact('drift', 'age')] })).toEqual(
    [],
  );
});
