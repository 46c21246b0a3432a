import { expect, test } from 'vitest';
import type { Monitor } from '../../api/types.ts';
import { usedBy } from './DeleteReference.tsx';

const kinds = { name: (id: string) => id };
const reference = { id: 'r1', name: 'training', default: false };
const monitor = (kind: string, of?: string) =>
  ({ kind, options: of === undefined ? {} : { reference: of } }) as unknown as Monitor;

test('who uses a reference is said before it is deleted', () => {
  expect(usedBy(reference, [monitor('drift')], kinds)).toBe('No monitor compares with it.');
  expect(usedBy(reference, [monitor('drift', 'r1'), monitor('missing', 'training')], kinds)).toBe(
    'Monitors that name it compare with nothing then: drift, missing.',
  );
  expect(usedBy({ ...reference, default: true }, [], kinds)).toMatch(/^It is the default/);
});
