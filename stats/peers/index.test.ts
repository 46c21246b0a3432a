import { expect, test } from 'vitest';
import { PEERS, verdictAs } from './index.ts';

const reference = Float64Array.from({ length: 300 }, (_, i) => i % 100);
const shifted = reference.map((x) => x + 60);
const colours = Array.from({ length: 300 }, (_, i) => ['red', 'green', 'blue'][i % 3]!);
const turned = colours.map((colour) => (colour === 'red' ? 'blue' : colour));

test.each(Object.values(PEERS))('$title says the same of what it is asked by default', (tool) => {
  expect(PEERS[tool.id]).toBe(tool);
  const far = verdictAs(tool, 'numeric', reference, shifted);
  const same = verdictAs(tool, 'numeric', reference, reference);
  const moved = verdictAs(tool, 'categorical', colours, turned);
  expect(tool.tests).toHaveProperty(far.test);
  expect(far.drift).toBe(far.threshold === null ? null : true);
  // WhyLabs' Hellinger 0.7 asks for sides that are nearly apart.
  expect(moved.drift).toBe(moved.threshold === null ? null : tool.id !== 'whylabs');
  expect(same.drift).toBe(same.threshold === null ? null : false);
});

test('a test by name, and one that there is not', () => {
  const verdict = verdictAs(PEERS.evidently!, 'numeric', reference, shifted, 'psi');
  expect(verdict).toMatchObject({ test: 'psi', threshold: 0.1, drift: true });
  expect(() => verdictAs(PEERS.evidently!, 'numeric', reference, shifted, 'TVD')).toThrow(RangeError);
  expect(() => verdictAs(PEERS.nannyml!, 'numeric', reference, shifted, 'psi')).toThrow('has no test "psi"');
});

test('without a value on one side there is no verdict', () => {
  for (const tool of Object.values(PEERS)) {
    expect(verdictAs(tool, 'numeric', reference, new Float64Array(0))).toMatchObject({
      outcome: { reason: 'not_enough_data' },
      drift: null,
    });
  }
});
