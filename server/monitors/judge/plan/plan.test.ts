import { expect, test } from 'vitest';
import type { Judgement } from '../../../alerts/judgements.ts';
import type { ProfileHead, Rewrite } from '../../../profiles/heads/profile-head.ts';
import { planOf } from './plan.ts';

const HOUR = 3_600_000;
const SECOND = 1_000;
const NOW = Date.UTC(2026, 2, 2, 12, 10);
const at = (hour: number, minute = 0) => Date.UTC(2026, 2, 2, hour, minute);
const model = { bucket_ms: HOUR, label_delay_ms: 0 };

const head = (change: Partial<ProfileHead> = {}): ProfileHead =>
  ({
    model: 'm',
    bucket_ms: HOUR,
    first: at(0),
    last: at(12),
    newest_event: at(12, 9),
    last_received: NOW - 20 * SECOND,
    revision: NOW - 10 * SECOND,
    labels: 0,
    rewrites: [],
    ...change,
  }) as ProfileHead;

const judged = (change: Partial<Judgement> = {}): Judgement => ({
  model: 'm',
  evaluated_to: at(12),
  judged_revision: NOW - HOUR,
  matured_to: 0,
  round: 1,
  due_at: NOW + HOUR,
  ...change,
});

const rewrite = (from: number, to: number, ago: number, what: Rewrite['what'] = 'all'): Rewrite => ({
  from,
  to,
  revision: NOW - ago,
  what,
});

const table: [
  string,
  Partial<ProfileHead>,
  Partial<Judgement>,
  { due: boolean; completeTo?: number; rewritten?: number; settlesAt?: number | null },
][] = [
  ['all is judged', {}, {}, { due: false, completeTo: at(12), settlesAt: null }],
  ['an hour has become complete', {}, { evaluated_to: at(11) }, { due: true }],
  ['an hour that is open was written', { rewrites: [rewrite(at(12), at(13), SECOND)] }, {}, { due: false }],
  [
    'a judged hour was written again',
    { rewrites: [rewrite(at(9), at(13), SECOND)] },
    {},
    { due: true, rewritten: 1 },
  ],
  ['as was judged', { rewrites: [rewrite(at(9), at(10), 2 * HOUR)] }, {}, { due: false, rewritten: 0 }],
  ['labels have come', { rewrites: [rewrite(at(9), at(10), SECOND, 'labels')] }, {}, { due: true }],
  [
    'many writes of open hours are passed over',
    { rewrites: Array.from({ length: 40 }, () => rewrite(at(12), at(13), SECOND)) },
    {},
    { due: true, rewritten: 0 },
  ],
  ['nothing else came, but the clock has', {}, { due_at: NOW }, { due: true }],
  [
    'what completes it came in the last seconds',
    { last_received: NOW - SECOND, rewrites: [rewrite(at(0), at(13), SECOND)] },
    { evaluated_to: 0 },
    { due: false, completeTo: 0, settlesAt: NOW + 5 * SECOND },
  ],
  [
    'rows go on coming, others of its hour came before',
    {
      last_received: NOW - SECOND,
      rewrites: [rewrite(at(0), at(13), 9 * SECOND), rewrite(at(12), at(13), SECOND)],
    },
    { evaluated_to: at(11) },
    { due: true, completeTo: at(12), settlesAt: null },
  ],
];

test.each(table)('%s', (_name, changedHead, changedJudgement, { rewritten, ...expected }) => {
  const plan = planOf(head(changedHead), model, judged(changedJudgement), NOW)!;
  expect(plan).toMatchObject(expected);
  if (rewritten !== undefined) expect(plan.rewritten).toHaveLength(rewritten);
});

test('there is no plan before there are profiles, or while they are of another length', () => {
  expect(planOf(undefined, model, judged(), NOW)).toBeNull();
  expect(planOf(head({ first: null }), model, judged(), NOW)).toBeNull();
  expect(planOf(head({ bucket_ms: 60_000 }), model, judged(), NOW)).toBeNull();
});
