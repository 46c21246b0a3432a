import { type Random, random, randomNormal } from '../stats/random.ts';
import type { TestApp } from './app.ts';

const HOUR = 3_600_000;
const START = Date.UTC(2026, 2, 1);
const DAYS = 15;
const PER_HOUR = 12;
/** From here on another country applies, and the score knows less about who pays back. */
const WORSE = START + 10 * 24 * HOUR;
/** For some hours before, incomes go missing. */
const BROKEN = [START + 6 * 24 * HOUR, START + 6 * 24 * HOUR + 6 * HOUR] as const;

interface Row {
  readonly id: string;
  readonly time: number;
  readonly age: number;
  readonly income: number | null;
  readonly country: string;
  readonly score: number;
  readonly prediction: string;
  readonly label: string;
}

/** A loan model's answers: the score is the probability of `approve`, and tells it well until it gets worse. */
function rowAt(time: number, i: number, next: Random): Row {
  const worse = time >= WORSE;
  const age = 40 + 10 * randomNormal(next);
  const income = Math.exp(10 + randomNormal(next) / 2);
  const logit = (age - 40) / 8 + randomNormal(next) / 2;
  const score = 1 / (1 + Math.exp(-logit));
  const truth = worse ? logit * 0.2 : logit * 1.5;
  const country = worse && next() < 0.25 ? 'BR' : next() < 0.7 ? 'FR' : 'DE';
  return {
    id: `p${i}`,
    time,
    age,
    income: time >= BROKEN[0] && time < BROKEN[1] && next() < 0.6 ? null : income,
    country,
    score,
    prediction: score > 0.5 ? 'approve' : 'deny',
    label: next() < 1 / (1 + Math.exp(-truth)) ? 'approve' : 'deny',
  };
}

function table(seed: number, from: number, n: number): Row[] {
  const next = random(seed);
  return Array.from({ length: n }, (_, i) => rowAt(from + (i * HOUR) / PER_HOUR, i, next));
}

const ROWS = table(1, START, DAYS * 24 * PER_HOUR);
/** As before it got worse. */
const REFERENCE = table(2, START - 200 * 24 * HOUR, 2_000);

/** What a user does, in parts that may be done at different times. */
export type Command = 'import' | 'labels' | 'reference';
export interface Part {
  readonly command: Command;
  /** Of the rows: from … to, shares between 0 and 1. */
  readonly from: number;
  readonly to: number;
}

/** Done at once. */
export const whole = (command: Command): Part => ({ command, from: 0, to: 1 });

/** Time passes, and what runs by itself runs. */
export type Jobs = readonly ('models' | 'infer_tasks' | 'incidents')[];
export const ALL_JOBS: Jobs = ['models', 'infer_tasks', 'models', 'incidents'];

export interface Told {
  readonly parts: readonly Part[];
  /** What runs after each part. */
  readonly jobs: readonly Jobs[];
}

/** Someone who does the three things to a model of this name, in this order and with this timing; what is told then. */
export async function storyOf(
  { app, json, address, adminKey }: TestApp,
  model: string,
  { parts, jobs }: Told,
  pass: (ms: number) => void,
) {
  const post = async (path: string, items: readonly unknown[]) => {
    for (let i = 0; i < items.length; i += 3_000) {
      const { body, status } = await json('POST', path, items.slice(i, i + 3_000));
      if (status !== 200 || body.rejected.length > 0) throw new Error(JSON.stringify(body));
    }
  };
  const run = async (names: Jobs) => {
    for (const name of names) {
      pass(20_000);
      await app.runJob(name);
    }
  };
  const part = ({ from, to }: Part) =>
    ROWS.slice(Math.round(from * ROWS.length), Math.round(to * ROWS.length));
  const commands: Record<Command, (of: Part) => Promise<void>> = {
    import: (of) =>
      post(
        '/api/v1/predictions',
        part(of).map(({ id, time, age, income, country, score, prediction }) => ({
          ...{ model, id, time, features: { age, income, country }, score, prediction },
        })),
      ),
    labels: (of) =>
      post(
        '/api/v1/labels',
        part(of).map(({ id, label }) => ({ model, id, label })),
      ),
    async reference() {
      const names = ['age', 'income', 'country', 'score', 'prediction', 'label'] as const;
      const lines = REFERENCE.map((row) => names.map((name) => row[name] ?? '').join());
      const reply = await fetch(`${address}/api/v1/models/${model}/references/file?name=training`, {
        method: 'POST',
        headers: { authorization: `Bearer ${adminKey}`, 'content-type': 'text/csv' },
        body: [names.join(), ...lines].join('\n'),
      });
      if (reply.status !== 201) throw new Error(await reply.text());
    },
  };
  await json('POST', '/api/v1/models', { id: model });
  for (const [i, of] of parts.entries()) {
    pass(1_000);
    await commands[of.command](of);
    await run(jobs[i] ?? []);
  }
  for (let i = 0; i < 3; i++) {
    // Long enough for the newest bucket to be complete.
    pass(600_000);
    await run(ALL_JOBS);
  }
  return standing({ json }, model);
}

/**
 * What people see of a model: its alerts, its incidents but those that were withdrawn, its headline. Numbers stand apart:
 * values are counted on a grid that is frozen from what came first, so that their third digit depends on the order, and
 * with it the hour in which something that grows is seen.
 */
export async function standing({ json }: Pick<TestApp, 'json'>, model: string) {
  const { body: summary } = await json('GET', `/api/v1/models/${model}`);
  const { body: alerts } = await json('GET', `/api/v1/alerts?model=${model}&limit=1000`);
  const { body: incidents } = await json('GET', `/api/v1/incidents?model=${model}&limit=1000`);
  const { body: signals } = await json('GET', `/api/v1/models/${model}/signals?points=5000`);
  const told = (incidents.items as Incident[])
    .filter(({ withdrawn }) => !withdrawn)
    .map(({ status, priority, title }) => `${status} ${priority} ${title}`)
    .sort();
  return {
    story: {
      task: summary.task,
      positive: summary.positive_class,
      layers: summary.layers,
      reference: summary.reference.name,
      judgedFrom: summary.reference.judged_from,
      quality: summary.quality && [summary.quality.metric, summary.quality.n, summary.quality.note],
      alerts: (alerts.items as Record<string, string>[])
        .map(({ kind, metric, column, state, since }) =>
          [kind, metric, column, state, state === 'firing' ? since?.slice(0, 10) : ''].join(' ').trim(),
        )
        .sort(),
      incidents: told.map((line) => line.replaceAll(/0\.\d+|\d+(?= points)/g, '…').replace(/\d\d:\d\d/, '…')),
      signals: (signals.items as Signal[])
        .map(({ kind, metric, column, points }) =>
          [kind, metric, column, points.filter(({ value }) => value !== null).length].join(' '),
        )
        .sort(),
    },
    numbers: [
      summary.quality?.value,
      ...Array.from(told.join().matchAll(/0\.\d+/g), ([number]) => Number(number)),
    ] as number[],
  };
}

export type Standing = Awaited<ReturnType<typeof standing>>;

type Incident = { withdrawn: boolean; status: string; priority: string; title: string };
type Signal = { kind: string; metric: string; column: string; points: { value: number | null }[] };

/** How far the numbers of two stories are apart at most. */
export function apart(a: Standing, b: Standing): number {
  return Math.max(
    ...a.numbers.map((number, i) => Math.abs(number - (b.numbers[i] ?? Number.POSITIVE_INFINITY))),
  );
}
