import { proportion } from '../../stats/intervals/proportion.ts';
import type { Outcome } from './score.ts';

/** What a drill found, as Markdown: figures over all, by kind of fault, by table, how much confidence is worth, and what was missed. Pure. */
export function drillReport(outcomes: readonly Outcome[]): string {
  const planted = outcomes.filter(({ scenario }) => scenario.fault !== null);
  const clean = outcomes.filter(({ scenario }) => scenario.fault === null);
  const by = (of: (outcome: Outcome) => string) =>
    [...Map.groupBy(planted, of)].map(([name, own]) => line(name, own));
  return [
    ...head('all'),
    line('all', planted, within),
    '',
    ...head('fault'),
    ...by(({ scenario }) => scenario.fault!.kind),
    '',
    ...head('table'),
    ...by(({ scenario }) => scenario.table),
    '',
    ...head('shape'),
    ...by(({ scenario }) => scenario.shape),
    '',
    ...confidences(planted),
    '',
    innocence(planted),
    ...(clean.length > 0 ? ['', calm(clean)] : []),
    ...ofItself(outcomes),
    ...beforeIt(outcomes),
    '',
    ...wrong(planted),
    '',
    ...late(planted),
    '',
    ...toldTooOften(planted),
    '',
  ].join('\n');
}

const head = (first: string) => [
  `| ${first} | planted | found | median delay, buckets | within two buckets of being decidable | right cause first | in the first three | one incident | at most two messages |`,
  '|---|---|---|---|---|---|---|---|---|',
];

function line(name: string, outcomes: readonly Outcome[], share = plain): string {
  const found = outcomes.filter((outcome) => outcome.found);
  const delays = found.flatMap(({ delay }) => delay ?? []).sort((a, b) => a - b);
  const cells = [
    ...[name, outcomes.length, share(found.length, outcomes.length)],
    delays.length === 0 ? '–' : delays[Math.floor(delays.length / 2)]!,
    inTime(outcomes, share),
    share(found.filter(({ place }) => place === 1).length, found.length),
    share(found.filter(({ place }) => place !== null && place <= 3).length, found.length),
    share(found.filter(({ incidents }) => incidents === 1).length, found.length),
    share(found.filter(({ notifications }) => notifications <= 2).length, found.length),
  ];
  return `| ${cells.join(' | ')} |`;
}

/** Of those that could be decided, how many were two buckets later. */
function inTime(outcomes: readonly Outcome[], share: typeof plain): string {
  const decidable = outcomes.filter((outcome) => outcome.decidable !== null);
  return share(decidable.filter(isInTime).length, decidable.length);
}

const LATE = 2;

const isInTime = ({ delay, decidable }: Outcome) =>
  decidable === null || (delay !== null && delay <= decidable + LATE);

/** `19 of 20 (95 %)` */
function plain(n: number, of: number): string {
  return of === 0 ? '–' : `${n} of ${of} (${Math.round((100 * n) / of)} %)`;
}

/** The same with its 95 % interval (Wilson): `19 of 20 (95 %, 76 to 99)` */
function within(n: number, of: number): string {
  const known = proportion(n, of);
  if ('reason' in known) return '–';
  const [value, low, high] = [known.value, known.low, known.high].map((each) => Math.round(100 * each));
  return `${n} of ${of} (${value} %, ${low} to ${high})`;
}

/** Of the causes that were named first with so much confidence, how many were right. */
function confidences(outcomes: readonly Outcome[]): string[] {
  const named = outcomes.flatMap(({ causes, place }) =>
    causes.length === 0 ? [] : [{ confidence: causes[0]!.confidence, right: place === 1 }],
  );
  const steps = [0, 0.5, 0.7, 0.85, 0.95, 1.0001];
  return [
    '| confidence of the first cause | named | right |',
    '|---|---|---|',
    ...steps.slice(0, -1).map((from, i) => {
      const own = named.filter(({ confidence }) => confidence >= from && confidence < steps[i + 1]!);
      return `| ${from} to ${Math.min(1, steps[i + 1]!)} | ${own.length} | ${within(own.filter(({ right }) => right).length, own.length)} |`;
    }),
  ];
}

function innocence(outcomes: readonly Outcome[]): string {
  const beside = outcomes.filter(({ scenario, found }) => scenario.innocent && found);
  const blamed = beside.filter(({ causes }) => causes[0]?.kind === 'new_version');
  return `An innocent deployment at the same time was named as the cause in ${within(blamed.length, beside.length)}.`;
}

function calm(outcomes: readonly Outcome[]): string {
  const incidents = outcomes.reduce(
    (sum, { falseIncidents, incidents }) => sum + falseIncidents + incidents,
    0,
  );
  return `Clean replays: ${incidents} incidents in ${outcomes.length}.`;
}

function wrong(outcomes: readonly Outcome[]): string[] {
  const missed = outcomes.filter(({ place }) => place !== 1);
  return [
    '| fault | table | strength | shape | deployment | columns | told | alerts |',
    '|---|---|---|---|---|---|---|---|',
    ...missed.map(({ scenario, columns, causes, found, alerts }) => {
      const told = found
        ? causes
            .slice(0, 3)
            .map(({ kind, columns: named, confidence }) => `${kind} ${named.join('+')} ${confidence}`)
            .join(', ') || 'no cause'
        : 'not found';
      const { fault, table, strength, shape, innocent } = scenario;
      return `| ${[fault?.kind, table, strength.name, shape, innocent ? 'yes' : 'no', columns.join(', '), told, alerts.slice(0, 8).join(', ')].join(' | ')} |`;
    }),
  ];
}

function ofItself(outcomes: readonly Outcome[]): string[] {
  const told = outcomes.flatMap((outcome) => outcome.ofItself);
  return told.length === 0 ? [] : ['', `The server told of itself meanwhile: ${told.join('; ')}.`];
}

function beforeIt(outcomes: readonly Outcome[]): string[] {
  const told = outcomes.flatMap(({ scenario, before = [] }) =>
    before.map((text) => `${scenario.id}: ${text}`),
  );
  return told.length === 0 ? [] : ['', `Told although nothing was broken yet: ${told.join('; ')}.`];
}

function late(outcomes: readonly Outcome[]): string[] {
  return [
    '| found late | table | strength | shape | decidable in bucket | found in | alerts |',
    '|---|---|---|---|---|---|---|',
    ...outcomes
      .filter((outcome) => !isInTime(outcome))
      .map(
        ({ scenario: { fault, table, strength, shape }, decidable, delay, alerts }) =>
          `| ${[fault?.kind, table, strength.name, shape, decidable, delay ?? 'never', alerts.slice(0, 8).join(', ')].join(' | ')} |`,
      ),
  ];
}

function toldTooOften(outcomes: readonly Outcome[]): string[] {
  return [
    '| told too often | table | strength | shape | incidents | told |',
    '|---|---|---|---|---|---|',
    ...outcomes
      .filter(({ incidents, notifications }) => incidents > 1 || notifications > 2)
      .map(
        ({ scenario: { fault, table, strength, shape }, incidents, told }) =>
          `| ${[fault?.kind, table, strength.name, shape, incidents, told.join('; ')].join(' | ')} |`,
      ),
  ];
}
