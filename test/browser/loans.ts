import { rollUp } from '../../server/profiles/roll-up/roll-up.ts';
import { random, randomNormal } from '../../stats/random.ts';
import type { TestApp } from '../app.ts';
import { LOAN_TRACE, loansTelemetry } from './loans-telemetry.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
export const START = Date.UTC(2026, 2, 1);
/** From here on applicants are twenty years older and their approvals are wrong more often. */
export const SHIFT = START + 10 * DAY;
/** Version 1 takes the place of version 0. */
const DEPLOY = START + 5 * DAY;
const END = START + 14 * DAY;

/** Two weeks of a loan model, 30 predictions an hour, with labels; `age` shifts by two standard deviations. */
function events() {
  const next = random(7);
  const predictions: { time: number; trace_id?: string; [field: string]: unknown }[] = [];
  const labels: object[] = [];
  for (let time = START; time < END; time += HOUR / 30) {
    const shifted = time >= SHIFT;
    const age = 40 + 10 * randomNormal(next) + (shifted ? 20 : 0);
    const income = Math.exp(10 + 0.5 * randomNormal(next));
    const score = 1 / (1 + Math.exp(-(age - 40) / 10));
    const id = `loan-${time}`;
    predictions.push({
      model: 'loans',
      version: time < DEPLOY ? '0' : '1',
      id,
      time,
      features: { age, income: next() < 0.01 ? null : income, country: next() < 0.7 ? 'FR' : 'DE' },
      prediction: score > 0.5 ? 'approve' : 'deny',
      score,
      latency_ms: 8 + 2 * Math.abs(randomNormal(next)),
      attributions: { age: (age - 40) / 20, income: 0.05 },
    });
    const right = shifted ? 0.7 : 0.9;
    labels.push({
      model: 'loans',
      id,
      label: next() < right === score > 0.5 ? 'approve' : 'deny',
      time: time + HOUR,
    });
  }
  return { predictions, labels };
}

/** Sends them and runs what runs by itself. `later` moves the server's clock. */
export async function seedLoans({ json, app }: TestApp, later: (ms: number) => void): Promise<void> {
  const { predictions, labels } = events();
  const must = async (method: string, path: string, body: unknown) => {
    const { status, body: reply } = await json(method, path, body);
    if (status >= 300) throw new Error(`${method} ${path}: ${status} ${JSON.stringify(reply)}`);
  };
  await must('POST', '/api/v1/models', {
    id: 'loans',
    task: 'binary',
    owner: 'credit@example.org',
    positive_label: 'approve',
    label_delay_ms: DAY,
    segments: ['country', ['country', 'age']],
    protected: ['country'],
    importance: { age: 0.8, income: 0.15, country: 0.05 },
  });
  const newest = predictions.at(-1)!;
  newest.trace_id = LOAN_TRACE;
  for (let i = 0; i < predictions.length; i += 5000) {
    await must('POST', '/api/v1/predictions', predictions.slice(i, i + 5000));
    await must('POST', '/api/v1/labels', labels.slice(i, i + 5000));
  }
  // Telemetry is taken of the last month alone.
  const telemetry = app.ctx.clock() < END + 14 * DAY ? loansTelemetry(newest.time, START, END) : {};
  for (const [path, body] of Object.entries(telemetry)) await must('POST', path, body);
  const version = { model: 'loans', kind: 'deploy', title: 'loans 1 goes live', version: '1' };
  await must('POST', '/api/v1/changes', { ...version, time: DEPLOY });
  for (let turn = 0; turn < 2; turn++) {
    later(20_000);
    await rollUp(app.ctx, 'loans', { to: app.ctx.stamps.mark() });
  }
  await must('POST', '/api/v1/models/loans/references', {
    kind: 'fixed',
    name: 'First week',
    from: START,
    to: START + 7 * DAY,
  });
  await app.runJob('models');
  await app.runJob('incidents');
}
