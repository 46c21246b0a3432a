import { expect, test } from 'vitest';
import { ChannelOnly } from '../../contract/channel.ts';
import { concerns } from './concerns.ts';

const incident = {
  priority: 'P2' as const,
  models: ['m1', 'm2'],
  owners: ['risk'],
  causes: [{ kind: 'missing_values' }, { kind: 'covariate_shift' }],
};

test.each([
  [{}, true],
  [{ priority: 'P1' }, false],
  [{ priority: 'P2' }, true],
  [{ priority: 'P3' }, true],
  [{ models: ['m2'] }, true],
  [{ models: ['m3'] }, false],
  [{ owners: ['risk'], models: ['m1'] }, true],
  [{ owners: ['sales'], models: ['m1'] }, false],
  [{ causes: ['missing_values'] }, true],
  [{ causes: ['covariate_shift'] }, false],
])('only %j: told of its opening: %s', (only, told) => {
  expect(concerns(ChannelOnly.parse(only), 'opened', incident, false)).toBe(told);
});

test('the end is told to whoever was told, and to nobody else', () => {
  const only = ChannelOnly.parse({ priority: 'P1' });
  expect(concerns(only, 'resolved', incident, true)).toBe(true);
  expect(concerns(ChannelOnly.parse({}), 'resolved', incident, false)).toBe(false);
});
