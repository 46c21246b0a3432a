import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { startTestApp } from './app.ts';

/**
 * The data folder of a server of 0.1.0, as it stopped: a model of twelve days with labels for half of it, of which income
 * is missing from day ten on; its incident was told through a channel.
 */
const FOLDER = join(import.meta.dirname, 'fixtures/data-0.1.0.tgz');
const HOUR = 3_600_000;
const START = Date.UTC(2026, 9, 1);
const END = START + 12 * 24 * HOUR;
const INCIDENT = '0mwxbx2jh0l6b0m06315ws';

/** More of the same, an hour's prediction every six minutes. */
const rows = (from: number, to: number) =>
  Array.from({ length: (to - from) / (HOUR / 10) }, (_, i) => {
    const time = from + (i * HOUR) / 10;
    const age = 20 + ((i * 17) % 50);
    return {
      model: 'loans',
      id: `p${time}`,
      time,
      version: 'v2',
      features: {
        age,
        income: i % 5 < 2 ? null : 1000 + ((i * 37) % 4000),
        country: i % 10 < 7 ? 'FR' : 'DE',
      },
      prediction: age > 45 ? 'approve' : 'deny',
      score: age / 70,
      latency_ms: 10 + (i % 5),
    };
  });

test('a data folder of 0.1.0 is taken over: everything is there, judged once, and nothing is told twice', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'tiltmeter-upgrade-'));
  await promisify(execFile)('tar', ['xzf', FOLDER, '-C', dataDir]);
  let now = Date.parse('2026-11-26T12:00:00Z');
  const tilt = await startTestApp({ dataDir, clock: () => now });
  try {
    const read = async (path: string) => {
      const { status, body } = await tilt.json('GET', path);
      expect(status, path).toBe(200);
      return body;
    };
    const work = async () => {
      for (let i = 0; i < 4; i++) {
        now += 10 * 60_000;
        for (const job of ['models', 'incidents', 'infer_tasks', 'signal_heads', 'retention'])
          await tilt.app.runJob(job).catch((error: Error) => {
            if (!error.message.startsWith('there is no job')) throw error;
          });
      }
    };
    const messages = () =>
      tilt.app.ctx.ledger.selectFrom('outbox').select(['incident', 'event']).orderBy('id').execute();
    const told = await messages();
    expect(told).toEqual([{ incident: INCIDENT, event: 'opened' }]);
    await work();

    expect((await read('/api/v1/models')).items).toEqual([
      expect.objectContaining({
        id: 'loans',
        task: 'binary',
        predictions: 2880,
        labels: 1440,
        first_event: '2026-10-01T00:00:00.000Z',
        last_event: '2026-10-12T23:54:00.000Z',
      }),
    ]);
    expect((await read('/api/v1/models/loans')).versions.sort()).toEqual(['v1', 'v2']);
    expect((await read('/api/v1/models/loans/references')).items).toMatchObject([
      { name: 'first week', kind: 'fixed', default: false },
      { name: 'First 4 days', kind: 'automatic', default: true },
    ]);
    for (const [column, n] of [
      ['age', 2880],
      ['income', 2880],
      ['_all', 2880],
      ['_label', 1440],
      ['_confusion', 1440],
    ] as const) {
      const range = `from=${START}&to=${END}`;
      const { moments } = await read(`/api/v1/models/loans/columns/${column}/distribution?${range}`);
      expect(moments.current.n, column).toBe(n);
    }
    expect(await read(`/api/v1/models/loans/predictions/p${START}`)).toMatchObject({
      id: `p${START}`,
      version: 'v1',
      label: { value: expect.any(String) },
      features: { age: 61.115379333496094, income: 4877.693176269531, country: 'DE' },
    });
    // Every value of every column is there under the name that people gave it.
    await tilt.app.runJob('views');
    expect(
      await tilt.app.ctx.lake.query(
        `SELECT count() AS n, count(age) AS ages, count(income) AS incomes, count(country) AS countries,
  round(sum(age), 3) AS years, round(sum(income), 2) AS earned FROM tiltmeter.model_loans`,
      ),
    ).toEqual([
      { n: 2880, ages: 2880, incomes: 2694, countries: 2880, years: 129804.086, earned: 8115364.51 },
    ]);
    expect((await read('/api/v1/incidents')).items).toEqual([
      expect.objectContaining({
        id: INCIDENT,
        status: 'open',
        priority: 'P2',
        title: 'Missing values in income since 11 Oct 2026, 01:00 UTC',
      }),
    ]);
    expect((await read('/api/v1/channels')).items).toMatchObject([{ name: 'on-call' }]);
    expect((await read('/api/v1/keys')).items).toMatchObject([{ name: 'sender' }]);
    expect((await read('/api/v1/rejects')).items).toHaveLength(1);
    expect((await read('/api/v1/changes?model=loans')).items).toHaveLength(1);
    expect(await read('/api/v1/audit/verify')).toMatchObject({ broken: null });
    const alerts = (await read('/api/v1/alerts?state=firing')).items;
    expect(
      alerts.map(({ kind, column }: { kind: string; column: string }) => `${kind} ${column}`).sort(),
    ).toEqual(['drift income', 'missing income']);
    expect(await messages()).toEqual(told);

    // What came before is known, and what comes now belongs to the same story.
    const again = await tilt.json('POST', '/api/v1/predictions', rows(END - 10 * HOUR, END));
    expect(again.body).toMatchObject({ stored: 0, duplicates: 100 });
    const more = await tilt.json('POST', '/api/v1/predictions', rows(END, END + 24 * HOUR));
    expect(more.body).toMatchObject({ stored: 240, duplicates: 0 });
    await work();
    expect((await read('/api/v1/models/loans')).predictions).toBe(3120);
    const { items } = await read('/api/v1/incidents');
    expect(items).toMatchObject([{ id: INCIDENT, status: 'open' }]);
    expect(await messages()).toEqual(told);
  } finally {
    await tilt.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
});
