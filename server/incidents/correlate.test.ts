import { expect, test } from 'vitest';
import type { AlertChange } from './alert-change.ts';
import { type CorrelationRules, correlate, settle } from './correlate.ts';
import { modelsOf, peakOf, type Thread } from './thread.ts';

const rules: CorrelationRules = { joinMs: 48, quietMs: 3, reopenMs: 48, bucketMs: 1 };

const KINDS = {
  '+': 'begins',
  '^': 'worse',
  '-': 'ends',
  x: 'withdrawn',
  X: 'withdrawn',
  '~': 'goes_on',
  '>': 'moved',
} as const;

/**
 * `+a@5` alert a begins to fire at hour 5, `^a@7` it is worse, `-a@9` it ends; `xa@12` the episode never was (it fires until
 * now, `Xa@12`: it was over), `~a@12` it goes on after all, `>a@12` it ended at 12; `+a@12/8` names the episode that began at 8. `t@20` only time
 * passes. `b:a` is an alert of the model b.
 */
function play(script: string, tiesOf = (model: string): string[] => [model], reachMs = 1) {
  let threads: readonly Thread[] = [];
  let count = 0;
  const steps: string[] = [];
  const begun = new Map<string, number>();
  for (const word of script.split(' ')) {
    const [, sign, model = 'm', alert, hour, name] = /^([-+^xX~>]?)(?:(\w):)?(\w)@(\d+)(?:\/(\d+))?$/.exec(
      word,
    )!;
    const time = Number(hour);
    const key = `${model}${alert}`;
    if (sign === '+' && name === undefined) begun.set(key, time);
    const since = Number(name ?? begun.get(key) ?? time);
    const change = (kind: AlertChange['kind']): AlertChange => ({
      ...{
        kind,
        alert: alert!,
        what: alert!,
        model,
        ties: tiesOf(model),
        reason: '',
        time,
        since,
        reachMs,
        fired: sign !== 'X',
      },
      peak: { value: time, low: 0, high: 0, n: 1, window: 1, threshold: 0, baseline: 0, reason: '' },
    });
    const result = sign
      ? correlate(
          threads,
          change(KINDS[sign as keyof typeof KINDS]),
          () => rules,
          () => `i${++count}`,
        )
      : settle(
          threads,
          () => time,
          () => rules,
        );
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
  ['that it gets worse is activity too', '+a@5 ^a@50 +b@95', ['opened i1@5', 'alert_joined i1@95']],
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
  [
    'what becomes known late of a time long before is a story of its own',
    '+a@200 +b@100',
    ['opened i1@200', 'opened i2@100'],
  ],
  [
    'what never was closes its incident',
    '+a@5 xa@8 t@99',
    ['opened i1@5', 'corrected i1@8', 'resolved i1@8'],
  ],
  [
    'what never was leaves the rest of its incident as it is',
    '+a@5 +b@6 xa@8 t@99',
    ['opened i1@5', 'alert_joined i1@6', 'corrected i1@8'],
  ],
  [
    'of two stretches one was: the alert stays',
    '+a@5 -a@6 +a@7 Xa@8/5 -a@9 t@12',
    ['opened i1@5', 'corrected i1@8', 'resolved i1@12'],
  ],
  [
    'what never was does not reopen an incident that is over',
    '+a@5 -a@9 t@12 xa@20 t@30',
    ['opened i1@5', 'resolved i1@12', 'corrected i1@20'],
  ],
  [
    'an alert that was taken back and comes again joins again',
    '+a@5 +b@6 xa@8 +a@9',
    ['opened i1@5', 'alert_joined i1@6', 'corrected i1@8', 'alert_joined i1@9'],
  ],
  [
    'what goes on after all keeps its incident open',
    '+a@5 -a@9 ~a@11 t@99',
    ['opened i1@5', 'corrected i1@11'],
  ],
  [
    'what goes on after all reopens an incident that was told to be over',
    '+a@5 -a@9 t@12 ~a@13',
    ['opened i1@5', 'resolved i1@12', 'corrected i1@13', 'reopened i1@13'],
  ],
  ['what goes on and was never told begins', '~a@13', ['opened i1@13']],
  [
    'an end that moved keeps it open for longer, and is not told as new',
    '+a@5 -a@9 >a@11 t@12 t@14',
    ['opened i1@5', 'corrected i1@11', 'resolved i1@14'],
  ],
];

test.each(table)('%s', (_name, script, expected) => {
  expect(play(script).steps).toEqual(expected);
});

test('models do not share incidents', () => {
  expect(play('+m:a@5 +n:b@6').steps).toEqual(['opened i1@5', 'opened i2@6']);
});

test('models that have something in common share an incident, which waits for all of them', () => {
  const together = (model: string) => [model, 'source/pipeline'];
  const { threads, steps } = play('+m:a@5 +n:b@6 -m:a@9 -n:b@9 -m:c@40', together);
  expect(steps).toEqual(['opened i1@5', 'spread i1@6']);
  // what began at another time shares nothing but the source
  expect(play('+m:a@5 +n:b@20', together).steps).toEqual(['opened i1@5', 'opened i2@20']);
  expect(modelsOf(threads[0]!)).toEqual(['m', 'n']);
  const half = settle(
    threads,
    (model) => (model === 'm' ? 40 : 11),
    () => rules,
  );
  expect(half.steps).toEqual([]);
  expect(
    settle(
      threads,
      () => 12,
      () => rules,
    ).steps,
  ).toMatchObject([{ kind: 'resolved', time: 12 }]);
});

test('an incident begins when the trouble of its earliest alert began', () => {
  const { threads } = play('+a@10/8 +b@11/4');
  expect(threads).toMatchObject([{ id: 'i1', startedAt: 4, lastAt: 11 }]);
  expect(play('+a@10/8 +b@11/4 xb@12/4').threads).toMatchObject([{ startedAt: 8 }]);
});

test('an alert keeps the worst it was, of the stretches that were', () => {
  const peak = (script: string) => peakOf(play(script).threads[0]!.members.get('a')!)?.value;
  expect(peak('+a@5 ^a@7 ^a@6')).toBe(7);
  expect(peak('+a@5 -a@6 +a@7 -a@8')).toBe(7);
  expect(peak('+a@5 -a@6 +a@7 xa@9/7')).toBe(5);
});

test('an alert that flaps for long is told in a bounded number of stretches', () => {
  const script = Array.from({ length: 200 }, (_, i) => `+a@${10 + 2 * i} -a@${11 + 2 * i}`).join(' ');
  const member = play(script).threads[0]!.members.get('a')!;
  expect(member.episodes.length).toBe(50);
  expect(member.episodes[0]!.since).toBe(10);
  expect(peakOf(member)!.value).toBe(408);
});

test('an alert that outlives an incident a person resolved does not reopen it by ceasing', () => {
  const byHand = play('+a@1').threads.map((thread) => ({ ...thread, resolved: true }));
  const ends: AlertChange = {
    ...{
      kind: 'ends',
      alert: 'a',
      what: 'a',
      model: 'm',
      ties: ['m'],
      reason: '',
      time: 2,
      since: 1,
      reachMs: 1,
      fired: true,
    },
    peak: { value: 1, low: 0, high: 0, n: 1, window: 1, threshold: 0, baseline: 0, reason: '' },
  };
  const after = correlate(
    byHand,
    ends,
    () => rules,
    () => 'i2',
  );
  expect(after.steps).toEqual([]);
  expect(after.threads[0]).toMatchObject({ resolved: true });
});

test('an alert that looks back over weeks joins what happened in those weeks', () => {
  expect(play('+a@1 +b@200').threads).toHaveLength(2);
  expect(play('+a@1 +b@200', undefined, 384).threads).toHaveLength(1);
});
