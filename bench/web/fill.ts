import { rollUp } from '../../server/profiles/roll-up/roll-up.ts';
import { type Random, random, randomNormal } from '../../stats/random.ts';
import type { TestApp } from '../../test/app.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const DAYS = 30;
const PER_HOUR = 12;
const CATEGORIES = ['FR', 'DE', 'IT', 'ES', 'PL', 'NL'];

/** What it is called, and who looks after it; the first one's inputs move a week before the end, and it is wrong more often. */
const MODELS = [
  ['credit-risk', 'Credit risk', 'lending@example.org'],
  ['card-fraud', 'Card fraud', 'payments@example.org'],
  ['churn', 'Customer churn', 'growth@example.org'],
  ['claims', 'Claims triage', 'insurance@example.org'],
] as const;
/** The model whose page is measured. */
export const [[MEASURED]] = MODELS;

/** Models as they are met: a month of hours, 24 columns, labels, deploys, one with an incident. */
export async function fill({ json, app }: TestApp, end: number): Promise<{ predictions: number }> {
  const must = async (method: string, path: string, body: unknown) => {
    const { status, body: reply } = await json(method, path, body);
    if (status >= 300) throw new Error(`${method} ${path}: ${status} ${JSON.stringify(reply)}`);
  };
  const start = end - DAYS * DAY;
  const shift = end - 7 * DAY;
  for (const [at, [id, name, owner]] of MODELS.entries()) {
    const next = random(at + 1);
    await must('POST', '/api/v1/models', {
      id,
      name,
      owner,
      task: 'binary',
      positive_label: 'yes',
      label_delay_ms: HOUR,
    });
    for (let day = start; day < end; day += DAY) {
      const times = Array.from({ length: 24 * PER_HOUR }, (_, i) => day + (i * HOUR) / PER_HOUR);
      const rows = times.map((time) => event(id, time, at === 0 && time >= shift, next));
      await must(
        'POST',
        '/api/v1/predictions',
        rows.map(({ prediction }) => prediction),
      );
      await must(
        'POST',
        '/api/v1/labels',
        rows.map(({ label }) => label),
      );
    }
    const deploy = { model: id, kind: 'deploy', title: `${name} 2 goes live`, version: '2' };
    await must('POST', '/api/v1/changes', { ...deploy, time: shift - DAY });
    await rollUp(app.ctx, id, { to: app.ctx.stamps.mark() });
    const reference = { kind: 'fixed', name: 'First two weeks', from: start, to: start + 14 * DAY };
    await must('POST', `/api/v1/models/${id}/references`, reference);
  }
  // A turn of the job takes so much time and no more: beside other work several are needed.
  for (let turn = 0; turn < 20; turn++) {
    await app.runJob('models');
    await app.runJob('incidents');
    const { body } = await json('GET', `/api/v1/incidents?model=${MEASURED}`);
    if (body.items.length > 0) break;
  }
  return { predictions: MODELS.length * DAYS * 24 * PER_HOUR };
}

function event(model: string, time: number, moved: boolean, next: Random) {
  const features: Record<string, number | string | null> = {};
  for (let n = 0; n < 18; n++) {
    const value = randomNormal(next) * 10 ** (n % 3) + (moved && n < 3 ? 10 ** (n % 3) : 0);
    features[`amount_${n}`] = next() < 0.01 ? null : Number(value.toPrecision(6));
  }
  for (let c = 0; c < 6; c++) features[`segment_${c}`] = CATEGORIES[Math.floor(next() ** (1 + c) * 6)]!;
  const score = next();
  const yes = next() < (moved ? 0.5 : 0.2 + 0.6 * score);
  const id = `${model}-${time}`;
  const answer = { prediction: score > 0.5 ? 'yes' : 'no', score, latency_ms: 8 + 30 * next() };
  return {
    prediction: { model, id, time, version: '1', features, ...answer },
    label: { model, id, label: yes ? 'yes' : 'no', time },
  };
}
