import { expect, test } from 'vitest';
import { startTestApp, type TestApp } from './app.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const JANUARY = { from: '2026-01-01T00:00:00Z', to: '2026-02-01T00:00:00Z' };
const MARCH = { from: '2026-03-01T00:00:00Z', to: '2026-04-01T00:00:00Z' };

/** Predictions of ten days, one every ten minutes, each with its label. */
const rows = (month: string, n = 1440) =>
  Array.from({ length: n }, (_, i) => ({
    model: 'credit',
    id: `${month}-${i}`,
    time: Date.parse(`2026-${month}-05T00:00:00Z`) + i * 10 * MINUTE,
    prediction: ((i * 7) % 10) / 10,
    features: { age: 20 + ((i * 13) % 50), plan: i % 3 === 0 ? 'basic' : 'plus' },
  }));

const labelsOf = (predictions: ReturnType<typeof rows>) =>
  predictions.map(({ model, id, time }, i) => ({ model, id, time, label: i % 3 === 0 ? 1 : 0 }));

async function distribution(tilt: TestApp, column: string, { from, to }: typeof JANUARY) {
  const reply = await tilt.json(
    'GET',
    `/api/v1/models/credit/columns/${column}/distribution?from=${from}&to=${to}`,
  );
  expect(reply.status, JSON.stringify(reply.body)).toBe(200);
  const { bins, moments, reference } = reply.body;
  return {
    // A reference of hours is rounded to days when buckets are days, so that its share of a bin may change.
    bins: bins.map(({ label, kind, current }: Record<string, unknown>) => ({ label, kind, current })),
    moments: Object.fromEntries(
      Object.entries(moments.current as Record<string, number | null>).map(([name, value]) => [
        name,
        value === null ? null : Number(value.toPrecision(9)),
      ]),
    ),
    reference: reference?.kind,
  };
}

const COLUMNS = ['_all', 'age', 'plan', '_prediction', '_label'];

/** What people are shown of January. */
async function january(tilt: TestApp) {
  const shown = [];
  for (const column of COLUMNS) shown.push([column, await distribution(tilt, column, JANUARY)]);
  return shown;
}

test('a changed task and a changed bucket length keep what retention has dropped; a PATCH that changes nothing does nothing', async () => {
  let now = Date.parse('2026-04-20T00:00:00Z');
  const tilt = await startTestApp({ clock: () => now });
  /** The job comes again and again, until labels have settled and nothing is left to look at. */
  const rollUp = async () => {
    for (let i = 0; i < 4; i++) {
      now += 10 * MINUTE;
      await tilt.app.runJob('models');
    }
  };
  const model = async () => (await tilt.json('GET', '/api/v1/models/credit')).body;
  const patch = async (change: object) => {
    const reply = await tilt.json('PATCH', '/api/v1/models/credit', change);
    expect(reply.status, JSON.stringify(reply.body)).toBe(200);
    await rollUp();
  };
  const head = () =>
    tilt.app.ctx.ledger
      .selectFrom('profile_heads')
      .select(['revision', 'predictions', 'labels'])
      .where('model', '=', 'credit')
      .executeTakeFirstOrThrow();
  const revision = async () => (await head()).revision;
  try {
    for (const month of ['01', '03']) {
      const predictions = rows(month);
      expect((await tilt.json('POST', '/api/v1/predictions', predictions)).body.stored).toBe(1440);
      expect((await tilt.json('POST', '/api/v1/labels', labelsOf(predictions))).body.stored).toBe(1440);
    }
    await rollUp();
    const before = await january(tilt);
    expect(before[0]![1]).toMatchObject({ moments: { n: 1440 } });
    expect(before[4]![1]).toMatchObject({ moments: { n: 1440 } });
    const residuals = await distribution(tilt, '_residual', JANUARY);
    expect(residuals.moments.n).toBe(1440);
    // The first reference lives in January.
    expect(before[1]![1]).toMatchObject({ reference: 'automatic' });

    // Neither its predictions nor what its labels were put beside is stored any more: there are the profiles alone.
    await patch({ retention_days: 30 });
    for (const name of ['labels', 'labelled'])
      expect((await tilt.json('PATCH', `/api/v1/storage/${name}`, { days: 60 })).status).toBe(200);
    await tilt.app.runJob('retention');
    const [{ n } = { n: -1 }] = await tilt.app.ctx.lake.query<{ n: number }>(
      `SELECT count() AS n FROM tiltmeter.labelled WHERE time < '2026-02-01 00:00:00'`,
    );
    expect(n).toBe(0);
    const { items } = (await tilt.json('GET', '/api/v1/models/credit/predictions?to=2026-02-01T00:00:00Z'))
      .body;
    expect(items).toEqual([]);
    const whole = await model();
    expect(whole).toMatchObject({ predictions: 1440, task: 'unknown', bucket_ms: HOUR });
    expect(await head()).toMatchObject({ predictions: 2880, labels: 2880 });

    const made = await revision();
    await patch({ task: whole.task, bucket_ms: whole.bucket_ms, owner: 'risk' });
    expect(await revision()).toBe(made);
    expect(await january(tilt)).toEqual(before);

    // Answers between 0 and 1 are probabilities now: what is still there gets the tables of a classifier.
    await patch({ task: 'binary' });
    expect(await revision()).toBeGreaterThan(made);
    expect(await january(tilt)).toEqual(before);
    expect(await distribution(tilt, '_residual', JANUARY)).toEqual(residuals);
    expect((await distribution(tilt, '_residual', MARCH)).moments.n).toBe(0);
    expect((await distribution(tilt, '_confusion', MARCH)).moments.n).toBe(1440);
    expect(await head()).toMatchObject({ predictions: 2880, labels: 2880 });

    // A day is 24 hours: the hours of January are put together. Six hours are no multiple of a day: its days stay.
    for (const bucket_ms of [DAY, 6 * HOUR, HOUR]) {
      await patch({ bucket_ms });
      expect(await january(tilt), `${bucket_ms}`).toEqual(before);
      expect(await distribution(tilt, '_residual', JANUARY)).toEqual(residuals);
      expect((await distribution(tilt, 'age', MARCH)).moments.n).toBe(1440);
      expect((await distribution(tilt, '_confusion', MARCH)).moments.n).toBe(1440);
      expect(await model()).toMatchObject({ bucket_ms });
      expect(await head()).toMatchObject({ predictions: 2880, labels: 2880 });
    }
    const days = await tilt.json(
      'GET',
      `/api/v1/models/credit/columns/age/timeline?from=${JANUARY.from}&to=${JANUARY.to}`,
    );
    expect(days.body.points.map(({ n }: { n: number }) => n)).toEqual(new Array(10).fill(144));
    const made2 = await revision();
    await patch({ bucket_ms: HOUR });
    expect(await revision()).toBe(made2);
  } finally {
    await tilt.stop();
  }
});
