import { expect, test } from 'vitest';
import { assess, type Concern, type Facts, type ModelFacts, troublesOf } from './assess.ts';
import { brief, lasting } from './durations.ts';
import { awaySentence } from './happened.ts';

const MINUTE = 60_000;
const NOW = Date.UTC(2026, 0, 5);

const fine: ModelFacts = {
  model: 'credit-risk',
  name: 'credit-risk',
  waits: [],
  gatheringSince: null,
  countedTo: '5',
  rollUpFailure: null,
  foldedAt: null,
  rolledUpAt: null,
  judgedAt: null,
  dueSince: null,
  judged: '1',
  judgingFailure: null,
};
const facts = (models: readonly Partial<ModelFacts>[] = [], rest: Partial<Facts> = {}): Facts => ({
  models: models.map((model) => ({ ...fine, ...model })),
  channels: [],
  digests: [],
  ingest: { received: 0, rejected: 0 },
  remade: [],
  removals: [],
  erasures: [],
  scraping: [],
  surplus: [],
  outages: [],
  clockBehind: 0,
  prometheus: null,
  prices: { waiting: 0, since: null },
  disk: { free: 50, total: 100, fullInDays: null },
  ...rest,
});

/** What is told after each of these minutes, with these facts. */
function told(steps: readonly [minute: number, facts: Facts][], awakeSince = 0): string[][] {
  let before = new Map<string, Concern>();
  return steps.map(([minute, seen]) => {
    const now = NOW + minute * MINUTE;
    const concerns = assess(seen, before, { now, awakeSince });
    before = new Map(concerns.map((concern) => [concern.key, concern]));
    return troublesOf(concerns, now).map(({ sentence }) => sentence);
  });
}

test('a model whose rows wait is told once it has waited for five minutes without any progress', () => {
  const waiting = facts([
    { waits: ['predictions'], rollUpFailure: 'the bucket 08:00 needs too much memory' },
  ]);
  expect(
    told([
      [0, waiting],
      [4, waiting],
      [12, waiting],
      [13, facts([{}])],
    ]),
  ).toEqual([
    [],
    [],
    ['Tiltmeter has not rolled up credit-risk for 12 min: the bucket 08:00 needs too much memory'],
    [],
  ]);
});

test('a large import that is rolled up piece by piece is no trouble', () => {
  const at = (countedTo: number) =>
    facts([{ waits: ['predictions', 'labels'], countedTo: String(countedTo) }]);
  expect(
    told([
      [0, at(1)],
      [4, at(2)],
      [8, at(3)],
      [12, at(4)],
    ]).flat(),
  ).toEqual([]);
});

test('labels that wait are told although every row is counted', () => {
  const waiting = facts([{ waits: ['labels', 'outcomes'] }]);
  expect(
    told([
      [0, waiting],
      [4, waiting],
      [6, waiting],
      [7, facts([{ waits: ['labels'], countedTo: '6' }])],
    ]),
  ).toEqual([[], [], ['Tiltmeter has not counted the labels and outcomes of credit-risk for 6 min'], []]);
});

test('a piece that fails again and again is told though the rest goes on', () => {
  const held = facts([{ rollUpFailure: 'the column age of 08:00' }]);
  expect(
    told([
      [0, held],
      [6, held],
    ])[1],
  ).toEqual(['Tiltmeter has not rolled up a part of credit-risk for 6 min: the column age of 08:00']);
});

test('a bucket that is due and not judged is told by how long it has been due', () => {
  const due = facts([{ dueSince: NOW - 12 * MINUTE }]);
  expect(told([[0, due]])).toEqual([['Tiltmeter has not judged credit-risk for 12 min']]);
  expect(told([[0, facts([{ dueSince: NOW + MINUTE }])]])).toEqual([[]]);
});

test('a model that fails to be judged is told with the reason; one that was judged meanwhile begins anew', () => {
  const failing = (judged: number) => facts([{ judgingFailure: 'the lake is away', judged: String(judged) }]);
  expect(
    told([
      [0, failing(1)],
      [6, failing(1)],
      [7, failing(2)],
    ]),
  ).toEqual([[], ['Tiltmeter has not judged credit-risk for 6 min: the lake is away'], []]);
});

test('a channel whose oldest message waits', () => {
  const channel = { id: 'c', name: 'pager', waitingSince: NOW - 20 * MINUTE, waiting: 3, lastError: '503' };
  expect(told([[0, facts([], { channels: [channel] })]])).toEqual([
    ['Tiltmeter has not reached the channel pager for 20 min: 3 messages wait: 503'],
  ]);
  expect(told([[0, facts([], { channels: [{ ...channel, waitingSince: null, waiting: 0 }] })]])).toEqual([
    [],
  ]);
});

test('after a sleep of eight hours nothing has waited for eight hours', () => {
  const due = facts([{ dueSince: NOW - 480 * MINUTE }]);
  expect(
    told(
      [
        [0, due],
        [6, due],
      ],
      NOW,
    ),
  ).toEqual([[], ['Tiltmeter has not judged credit-risk for 6 min']]);
});

test('a disk that fills, and events that are refused', () => {
  const full = facts([], { disk: { free: 4e9, total: 100e9, fullInDays: 2 } });
  expect(told([[0, full]])).toEqual([['The disk of the lake has 4.00 GB left, full in 2 days at this pace']]);
  const refused = facts([], { ingest: { received: 1000, rejected: 900 } });
  expect(
    told([
      [0, refused],
      [11, refused],
    ]),
  ).toEqual([[], ['90 % of all events have been refused for 11 min']]);
});

test.each([
  [720_000, '12 min'],
  [3 * 3_600_000, '3 h'],
  [5 * 86_400_000, '5 days'],
])('lasting(%i) is %s', (ms, text) => {
  expect(lasting(ms)).toBe(text);
});

test('what was removed half an hour ago and is still there is told, each by itself', () => {
  const removal = { id: 'a', kind: 'model', model: 'typo', target: null, requested_at: NOW } as const;
  const merge = { ...removal, id: 'b', kind: 'merge', model: 'stayz', target: 'stays' } as const;
  const column = { ...removal, id: 'c', kind: 'column', target: 'age' } as const;
  const erasures = [{ id: 'd', model: 'typo', requested_at: NOW }];
  const seen = facts([], { removals: [removal, merge, column], erasures });
  expect(
    told([
      [29, seen],
      [31, seen],
      [32, facts()],
    ]),
  ).toEqual([
    [],
    [
      'Tiltmeter has not removed typo for 31 min',
      'Tiltmeter has not moved what was sent to stayz into stays for 31 min',
      'Tiltmeter has not removed the column age of typo for 31 min',
      'Tiltmeter has not erased what people asked to erase of typo for 31 min',
    ],
    [],
  ]);
});

test('a time in which no server was running is told for a day', () => {
  const outages = [{ from: NOW - 480 * MINUTE, to: NOW }];
  const seen = facts([], { outages });
  const sentence =
    'No server of Tiltmeter was running for 8 h, from 2026-01-04 16:00 UTC to 2026-01-05 00:00 UTC';
  expect(
    told([
      [1, seen],
      [1439, seen],
      [1441, seen],
    ]),
  ).toEqual([[sentence], [sentence], []]);
});

test('a table that was gone is told for a day, also by a server that has started since', () => {
  const gone = facts([], { remade: [{ table: 'labels', at: NOW }] });
  const sentence =
    'The table labels of the lake was gone and was made again, empty: what was in it has to come from a backup';
  expect(
    told([
      [1, gone],
      [60, facts()],
      [24 * 60 - 1, facts()],
      [24 * 60, facts()],
      [24 * 60 + 1, gone],
    ]),
  ).toEqual([[sentence], [sentence], [sentence], [], []]);
});

test('features that are left out are told for a day after the last of them, whichever server noticed', () => {
  const sentence = 'credit-risk has 1,000 feature columns, as many as a model may have: …';
  const noticed = facts([], { surplus: [{ model: 'credit-risk', sentence, at: NOW }] });
  expect(
    told([
      [0, noticed],
      [60, facts()],
      [1400, facts()],
      [1450, facts()],
    ]),
  ).toEqual([[sentence], [sentence], [sentence], []]);
});

test('a clock that went back, or is behind that of another server, is told for as long as it is', () => {
  const behind = (ms: number) => facts([], { clockBehind: ms });
  expect(
    told([
      [0, behind(9_000)],
      [1, behind(30_000)],
      [2, behind(8 * 3_600_000)],
      [3, behind(0)],
    ]),
  ).toEqual([
    [],
    [expect.stringMatching(/^The clock of a server is 30 s behind what arrived before: /)],
    [expect.stringMatching(/^The clock of a server is 8 h behind/)],
    [],
  ]);
});

test('versions without end are told for a day after they were last chosen among', () => {
  const folded = facts([{ name: 'Credit risk', foldedAt: NOW }]);
  const [first, later, over] = told([
    [0, folded],
    [1439, folded],
    [1441, folded],
  ]);
  expect(first).toEqual([
    'Credit risk has sent more than 100 versions: those with the fewest predictions of late are counted together, as "other"',
  ]);
  expect([later, over]).toEqual([first, []]);
});

test('that a store was away is told for a day, whichever server noticed', () => {
  const sentence = awaySentence('ledger', 12_000, NOW);
  expect(sentence).toBe('The ledger did not answer for 12 s, until 2026-01-05 00:00 UTC');
  expect(awaySentence('lake', 1_600, NOW)).toBe(
    'The engine of the lake ended and was started again, after 2 s, at 2026-01-05 00:00 UTC',
  );
  const noted: Concern = {
    ...{ key: 'store/ledger', kind: 'store', model: null, channel: null, since: NOW },
    ...{ progress: String(NOW), sentence },
  };
  const at = (minute: number) => {
    const now = NOW + minute * MINUTE;
    const concerns = assess(facts(), new Map([[noted.key, noted]]), { now, awakeSince: 0 });
    return troublesOf(concerns, now).map((trouble) => trouble.sentence);
  };
  expect([at(1), at(1439), at(1441)]).toEqual([[sentence], [sentence], []]);
});

test.each([
  [1_600, '2 s'],
  [119_000, '119 s'],
  [120_000, '2 min'],
])('brief(%i) is %s', (ms, text) => {
  expect(brief(ms)).toBe(text);
});

test('a digest that is not sent is told once it is half an hour late', () => {
  const late = facts([], { digests: [{ channel: 'c', name: 'mail', every: 'daily', due: NOW }] });
  expect(
    told([
      [20, late],
      [40, late],
      [41, facts()],
    ]),
  ).toEqual([[], ['Tiltmeter has not sent the daily digest of mail, which was due 40 min ago'], []]);
});

test('a Prometheus that does not answer is told once it has been away for two minutes', () => {
  const away = facts([], { prometheus: { since: NOW, why: 'it did not answer within 10 s' } });
  expect(
    told([
      [1, away],
      [3, away],
      [4, facts()],
    ]),
  ).toEqual([[], ['Prometheus could not be read for 3 min: it did not answer within 10 s'], []]);
});

test('targets that do not answer are told once a job has been silent for five minutes, and so is where they are not found', () => {
  const job = { job: 'gpu', silent: 2, targets: 3, since: NOW, why: '10.0.0.7:9400: it refuses connections' };
  const silent = facts([], {
    scraping: [job, { ...job, job: 'dns', silent: 0, since: null, why: 'no such name' }],
  });
  expect(
    told([
      [1, silent],
      [4, silent],
      [6, silent],
      [7, facts()],
    ]),
  ).toEqual([
    [],
    [],
    [
      '2 of 3 targets of the job gpu have not answered for 6 min: 10.0.0.7:9400: it refuses connections',
      'Where targets of the job dns are found has been wrong for 5 min: no such name',
    ],
    [],
  ]);
});

test('what incidents cost is told to be of long ago once the first has waited for half an hour, and again not when it moved on', () => {
  const behind = (since: number) => facts([], { prices: { waiting: 340, since: NOW + since * MINUTE } });
  expect(
    told([
      [0, behind(0)],
      [29, behind(0)],
      [31, behind(0)],
      [40, behind(5)],
      [41, behind(20)],
      [42, facts()],
    ]),
  ).toEqual([
    [],
    [],
    ['Tiltmeter is 31 min behind with the cost of 340 incidents'],
    ['Tiltmeter is 35 min behind with the cost of 340 incidents'],
    [],
    [],
  ]);
});
