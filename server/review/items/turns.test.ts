import { expect, test } from 'vitest';
import { refusal, stateAfter } from './turns.ts';

const NOW = 1_000;
const claimed = (reviewer: string, until: number | null = NOW + 1) =>
  ({ reviewer, state: 'claimed', until }) as const;
const answered = (reviewer: string) => ({ reviewer, state: 'answered', until: null }) as const;
const skipped = (reviewer: string) => ({ reviewer, state: 'skipped', until: null }) as const;
const open = { state: 'open', wanted: 2 } as const;

test.each([
  ['nobody has it', open, [], null],
  ['there is one more place', open, [claimed('ben')], null],
  ['all places are taken', open, [claimed('ben'), answered('cem')], 'ben, cem have it already'],
  ['a claim has run out', open, [claimed('ben', NOW), answered('cem')], null],
  ['given to somebody without an end', { ...open, wanted: 1 }, [claimed('ben', null)], 'ben has it already'],
  ['one has it oneself', open, [claimed('ann'), claimed('ben')], null],
  ['one has answered it, and it is finished', { ...open, state: 'done' } as const, [answered('ann'), answered('ben')], null], // biome-ignore format: one line
  ['others have, and it is finished', { ...open, state: 'done' } as const, [answered('cem'), answered('ben')], 'It is finished: as many people as it wants have looked at it'], // biome-ignore format: one line
])('may ann take it: %s', (_name, item, turns, why) => {
  expect(refusal(item, turns, 'ann', NOW)).toBe(why);
});

test('it is open until as many as it wants are done with it; then done where somebody knew', () => {
  expect(stateAfter(open, [answered('ann'), claimed('ben')])).toBe('open');
  expect(stateAfter(open, [answered('ann'), skipped('ben')])).toBe('done');
  expect(stateAfter(open, [skipped('ann'), skipped('ben')])).toBe('skipped');
});
