import { expect, test } from 'vitest';
import { type AlertChange, type CorrelationRules, correlate, settle, type Thread } from './correlate.ts';

const rules: CorrelationRules = { joinMs: 48, quietMs: 3, reopenMs: 48 };

/** `+a@5` alert a fires at hour 5, `-a@9` it resolves, `t@20` only time passes. */
function play(script: string) {
  let threads: readonly Thread[] = [];
  let count = 0;
  const steps: string[] = [];
  for (const word of script.split(' ')) {
    const [, sign, alert, hour] = /^([+-]?)(\w+)@(\d+)$/.exec(word)!;
    const time = Number(hour);
    const change: AlertChange = {
      alert: alert!,
      to: sign === '+' ? 'firing' : 'resolved',
      time,
      since: time,
      reachMs: 1,
    };
    const result = sign
      ? correlate(threads, change, rules, () => `i${++count}`)
      : settle(threads, time, rules);
    threads = result.threads;
    for (const step of result.steps) steps.push(`${step.kind} ${step.incident}@${step.time}`);
  }
  return { threads, steps };
}

const table: [string, string, string[]][] = [
  ['one alert opens one incident', '+a@5', ['opened i1@5']],
  ['a second alert within two windows joins', '+a@5 +b@50', ['opened i1@5', 'alert_joined i1@50']],
  [
    'the join window moves with the activity',
    '+a@5 +b@50 +c@95',
    ['opened i1@5', 'alert_joined i1@50', 'alert_joined i1@95'],
  ],
  ['an alert after two quiet windows is another story', '+a@5 +b@60', ['opened i1@5', 'opened i2@60']],
  ['it stays open while one alert fires', '+a@5 +b@6 -a@9 t@99', ['opened i1@5', 'alert_joined i1@6']],
  ['it resolves after a while without alerts', '+a@5 -a@9 t@11 t@12', ['opened i1@5', 'resolved i1@12']],
  [
    'a gap in judging resolves it at the time it was due',
    '+a@5 -a@9 t@40',
    ['opened i1@5', 'resolved i1@12'],
  ],
  ['flapping within the quiet time changes nothing', '+a@5 -a@9 +a@10 -a@11 +a@12', ['opened i1@5']],
  [
    'flapping after it resolved reopens the same incident',
    '+a@5 -a@9 +a@30',
    ['opened i1@5', 'resolved i1@12', 'reopened i1@30'],
  ],
  [
    'another alert after it resolved opens a new one',
    '+a@5 -a@9 +b@30',
    ['opened i1@5', 'resolved i1@12', 'opened i2@30'],
  ],
  [
    'the same alert much later opens a new one',
    '+a@5 -a@9 +a@90',
    ['opened i1@5', 'resolved i1@12', 'opened i2@90'],
  ],
];

test.each(table)('%s', (_name, script, expected) => {
  expect(play(script).steps).toEqual(expected);
});

test('an incident begins when the trouble of its earliest alert began', () => {
  const first = correlate(
    [],
    { alert: 'a', to: 'firing', time: 10, since: 8, reachMs: 1 },
    rules,
    () => 'i1',
  );
  const both = correlate(
    first.threads,
    { alert: 'b', to: 'firing', time: 11, since: 4, reachMs: 1 },
    rules,
    () => 'i2',
  );
  expect(both.threads).toMatchObject([{ id: 'i1', startedAt: 4, lastAt: 11 }]);
});

test('an alert that outlives an incident a person resolved does not reopen it by ceasing', () => {
  const open = correlate(
    [],
    { alert: 'a', to: 'firing', time: 1, since: 1, reachMs: 1 },
    rules,
    () => 'i1',
  ).threads;
  const byHand = open.map((thread) => ({ ...thread, resolved: true }));
  const after = correlate(
    byHand,
    { alert: 'a', to: 'resolved', time: 2, since: 1, reachMs: 1 },
    rules,
    () => 'i2',
  );
  expect(after.steps).toEqual([]);
  expect(after.threads[0]).toMatchObject({ resolved: true });
});

test('an alert that looks back over weeks joins what happened in those weeks', () => {
  const first = correlate([], { alert: 'a', to: 'firing', time: 1, since: 1, reachMs: 1 }, rules, () => 'i1');
  const change = { alert: 'b', to: 'firing', time: 200, since: 200 } as const;
  const near = correlate(first.threads, { ...change, reachMs: 1 }, rules, () => 'i2');
  const far = correlate(first.threads, { ...change, reachMs: 384 }, rules, () => 'i2');
  expect(near.threads).toHaveLength(2);
  expect(far.threads).toHaveLength(1);
});
