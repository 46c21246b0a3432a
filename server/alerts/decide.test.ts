import { expect, test } from 'vitest';
import { decide, type Memory, type Observation, type Rules } from './decide.ts';

const rules: Rules = { m: 2, n: 3, keepOpen: 2, silentFor: 2 };

/** One letter per bucket: B breach, h inside the hysteresis, . clear, - no data, ? not enough data, ~ late. */
function observation(letter: string, time: number): Observation {
  const base = { time, breach: false, clear: false };
  switch (letter) {
    case 'B':
      return { ...base, status: 'judged', breach: true, reason: 'above_threshold' };
    case 'h':
      return { ...base, status: 'judged', reason: 'within_threshold' };
    case '.':
      return { ...base, status: 'judged', clear: true, reason: 'within_threshold' };
    case '-':
      return { ...base, status: 'no_data', reason: 'no_predictions' };
    case '?':
      return { ...base, status: 'not_enough_data', reason: 'too_few_predictions' };
    default:
      return { ...base, status: 'late', reason: 'labels_not_mature' };
  }
}

function play(letters: string, with_: Rules = rules) {
  let memory: Memory | null = null;
  const states: string[] = [];
  const transitions: string[] = [];
  [...letters].forEach((letter, time) => {
    const decision = decide(memory, observation(letter, time), with_);
    memory = decision.next;
    states.push(memory.state);
    if (decision.transition) transitions.push(`${time}:${decision.transition.to}`);
  });
  return { states, transitions, memory: memory as unknown as Memory };
}

const table: [name: string, letters: string, transitions: string[], since?: number, reason?: string][] = [
  ['a clean series is ok from its first bucket', '...', ['0:ok'], 0, 'within_threshold'],
  ['one breach alone is pending, then ok again', '.B...', ['0:ok', '1:pending', '4:ok']],
  [
    'two breaches of three fire, since the first',
    '.BB',
    ['0:ok', '1:pending', '2:firing'],
    1,
    'above_threshold',
  ],
  ['a breach, a pause, a breach fire too', '.B.B', ['0:ok', '1:pending', '3:firing'], 1],
  ['breaches three apart do not fire', '.B..B', ['0:ok', '1:pending', '4:pending'].slice(0, 2)],
  [
    'a firing alert inside the hysteresis stays open',
    'BBhhhh',
    ['0:pending', '1:firing'],
    0,
    'within_hysteresis',
  ],
  ['one clear bucket keeps it open', 'BB.', ['0:pending', '1:firing'], 0, 'kept_open'],
  ['clear buckets must follow each other', 'BB.h.', ['0:pending', '1:firing'], 0, 'kept_open'],
  ['two clear buckets resolve it', 'BB..', ['0:pending', '1:firing', '3:resolved'], 3, 'back_to_normal'],
  ['resolved becomes ok after staying clear', 'BB....', ['0:pending', '1:firing', '3:resolved', '5:ok'], 5],
  [
    'resolved and one new breach is pending, not firing',
    'BB..B',
    ['0:pending', '1:firing', '3:resolved', '4:pending'],
  ],
  [
    'data that stops does not close a firing alert',
    'BB------',
    ['0:pending', '1:firing'],
    0,
    'above_threshold',
  ],
  ['one silent bucket changes nothing', '.-.', ['0:ok'], 0],
  ['two silent buckets say no data', '.--', ['0:ok', '2:no_data'], 2, 'no_predictions'],
  ['a series that never had data says so at once', '-', ['0:no_data'], 0, 'no_predictions'],
  ['too little data is a result of its own', '??', ['0:not_enough_data'], 0, 'too_few_predictions'],
  ['immature labels are late, not low', '~~', ['0:late'], 0, 'labels_not_mature'],
  ['from too little to fine', '?.', ['0:not_enough_data', '1:ok'], 1],
  ['silence forgets old breaches', '.B--B', ['0:ok', '1:pending', '3:no_data', '4:pending'], 4],
  ['a pending alert waits through one silent bucket', '.B-B', ['0:ok', '1:pending', '3:firing'], 1],
];

test.each(table)('%s', (_name, letters, transitions, since, reason) => {
  const result = play(letters);
  expect(result.transitions).toEqual(transitions);
  if (since !== undefined) expect(result.memory.since).toBe(since);
  if (reason !== undefined) expect(result.memory.reason).toBe(reason);
});

test('one of one fires at the first breach', () => {
  expect(play('.B', { ...rules, m: 1, n: 1 }).transitions).toEqual(['0:ok', '1:firing']);
});

test('the memory survives being stored as JSON between any two buckets', () => {
  const letters = '.BB..?-~B.B....BB';
  const whole = play(letters).states;
  let memory: Memory | null = null;
  const stored = [...letters].map((letter, time) => {
    const next = decide(memory, observation(letter, time), rules).next;
    memory = JSON.parse(JSON.stringify(next)) as Memory;
    return next.state;
  });
  expect(stored).toEqual(whole);
});
