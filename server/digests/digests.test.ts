import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { DigestQuestion, DigestSettings } from '../../contract/digest.ts';
import { enqueue } from '../actions/outbox/enqueue.ts';
import type { Ctx } from '../context.ts';
import { changeIncident } from '../incidents/change-incident.ts';
import { incidentsJob } from '../incidents/job.ts';
import { HOUR, type IncidentsWorld, incidentsWorld } from '../incidents/testing/world.ts';
import { startTestPostgres, type TestPostgres } from '../store/ledger/testing/postgres.ts';
import { deleteDigest, listDigests, setDigest } from './digests.ts';
import { digestsJob } from './job.ts';
import { overdueDigests } from './overdue.ts';
import { previewDigest, sendDigest } from './send-digest.ts';

const DAY = 24 * HOUR;
/** A Monday. */
const MORNING = Date.UTC(2026, 11, 14, 8);

/** A lake that holds nothing but these series of signals. */
const lakeOf = (signals: object[]) =>
  ({
    async query(sql: string) {
      if (sql.includes('AS state')) return [{ state: '' }];
      return sql.includes('signal_values') ? signals : [];
    },
  }) as unknown as Ctx['lake'];

describe.each(['SQLite', 'PostgreSQL'])('on %s', (ledger) => {
  let postgres: TestPostgres | undefined;
  let world: IncidentsWorld;
  let ctx: Ctx;
  beforeAll(async () => {
    if (ledger === 'PostgreSQL') postgres = await startTestPostgres();
  });
  afterAll(() => postgres?.stop());
  beforeEach(async () => {
    world = await incidentsWorld(await postgres?.createDatabase());
    ctx = { ...world.ctx, lake: lakeOf([]) };
    world.now = MORNING - 2 * DAY;
    await world.model('credit', { owner: 'risk' });
    await world.model('churn');
    await channel('chat');
  });
  afterEach(() => world.close());

  async function channel(id: string, change: object = {}): Promise<void> {
    const row = {
      id,
      name: id,
      kind: 'slack',
      options: '{}',
      enabled: 1,
      tells: 'digests',
      only_of: '{}',
    } as const;
    await ctx.ledger
      .insertInto('channels')
      .values({ ...row, created_at: 0, updated_at: 0, ...change })
      .execute();
  }
  const set = (settings: object = {}, every: 'daily' | 'weekly' = 'daily', id = 'chat') =>
    setDigest(ctx, id, every, DigestSettings.parse({ days: [0, 1, 2, 3, 4, 5, 6], ...settings }));
  const run = async () => digestsJob.run(ctx, await world.fence());
  async function sent() {
    const rows = await ctx.ledger
      .selectFrom('outbox')
      .selectAll()
      .where('event', '=', 'digest')
      .orderBy('channel')
      .orderBy('sequence')
      .execute();
    return rows.map(({ payload }) => JSON.parse(payload).digest);
  }
  const ranges = async () => (await sent()).map(({ from, to }) => `${from.slice(5, 16)} ${to.slice(5, 16)}`);
  const preview = (question: object = {}) => previewDigest(ctx, DigestQuestion.parse(question));
  async function fires(of: string, priority: 'P1' | 'P2' | 'P3' = 'P2') {
    await world.decide({ of, at: 5, to: 'firing' });
    await incidentsJob(enqueue).run(ctx, await world.fence());
    const model = of.split('/')[0]!;
    await ctx.ledger.updateTable('incidents').set({ priority }).where('model', '=', model).execute();
  }

  test('each digest once for the moment at which it was due; late ones once, with all of the time', async () => {
    await set();
    await run();
    expect(await sent()).toEqual([]);
    world.now = MORNING - DAY + 1000;
    for (let i = 0; i < 3; i++) await run();
    expect(await ranges()).toEqual(['12-12T08:00 12-13T08:00']);
    // nobody was there for two days
    world.now = MORNING + DAY + 5 * HOUR;
    expect(await overdueDigests(ctx)).toMatchObject([{ name: 'chat', every: 'daily', due: MORNING + DAY }]);
    await run();
    expect(await overdueDigests(ctx)).toEqual([]);
    await run();
    expect(await ranges()).toEqual(['12-12T08:00 12-13T08:00', '12-13T08:00 12-15T08:00']);
    expect((await sent()).map(({ late_since }) => late_since)).toEqual([null, '2026-12-15T08:00:00.000Z']);
  });

  test('two servers that look at the same time tell it once; one that lost its lease tells nothing', async () => {
    await set();
    world.now = MORNING;
    const fence = await world.fence();
    await Promise.all([digestsJob.run(ctx, fence), digestsJob.run(ctx, fence)]);
    expect(await sent()).toHaveLength(1);
    world.now += DAY;
    await expect(digestsJob.run(ctx, { ...fence, fence: fence.fence - 1 })).rejects.toMatchObject({
      code: 'lease_lost',
    });
    expect(await sent()).toHaveLength(1);
  });

  test('a clock that is set back tells nothing twice and does not fall silent; one that jumps ahead tells once', async () => {
    await set();
    world.now = MORNING;
    await run();
    world.now = MORNING - 3 * HOUR;
    await run();
    world.now = MORNING;
    await run();
    expect(await ranges()).toEqual(['12-12T08:00 12-14T08:00']);
    world.now = MORNING + 400 * DAY;
    await run();
    await run();
    expect(await sent()).toHaveLength(2);
    // back again: from there it goes on as if nothing had been
    world.now = MORNING + HOUR;
    await run();
    world.now = MORNING + DAY;
    await run();
    expect((await ranges()).at(-1)).toBe('12-14T08:00 12-15T08:00');
    expect(await sent()).toHaveLength(3);
  });

  test('a channel that is switched off gets it all when it is on again; one that was removed takes its digests with it', async () => {
    await set();
    await ctx.ledger.updateTable('channels').set({ enabled: 0 }).execute();
    world.now = MORNING;
    await run();
    expect(await sent()).toEqual([]);
    expect((await listDigests(ctx)).items[0]).toMatchObject({ next_at: null });
    await ctx.ledger.updateTable('channels').set({ enabled: 1 }).execute();
    world.now = MORNING + DAY;
    await run();
    expect(await ranges()).toEqual(['12-12T08:00 12-15T08:00']);
    await ctx.ledger.deleteFrom('channels').execute();
    expect((await listDigests(ctx)).items).toEqual([]);
    await run();
    expect(await ctx.ledger.selectFrom('digests').selectAll().execute()).toEqual([]);
  });

  test('a change of the time leaves nothing out and sends nothing at once; quiet hours hold it', async () => {
    await set();
    world.now = MORNING;
    await run();
    world.now = MORNING + 2 * HOUR;
    await set({ at: '09:00' });
    await run();
    expect(await sent()).toHaveLength(1);
    const quiet = {
      hours: { zone: 'UTC', days: [0, 1, 2, 3, 4, 5, 6], from: '07:00', to: '10:00' },
      except: 'P1',
    };
    await ctx.ledger
      .updateTable('channels')
      .set({ quiet: JSON.stringify(quiet) })
      .execute();
    world.now = MORNING + DAY + HOUR;
    await run();
    expect((await ranges()).at(-1)).toBe('12-14T08:00 12-15T09:00');
    const row = await ctx.ledger
      .selectFrom('outbox')
      .selectAll()
      .orderBy('sequence', 'desc')
      .executeTakeFirstOrThrow();
    expect(row.held_until).toBe(MORNING + DAY + 2 * HOUR);
  });

  test('it says what opened, what was done about it and what waits; a P3 of before waits for the review alone', async () => {
    await world.model('third');
    world.now = MORNING - 3 * DAY;
    await fires('third/drift age', 'P3');
    world.now = MORNING - 5 * HOUR;
    await fires('credit/missing income');
    const [, { id } = { id: '' }] = await world.incidents();
    world.now += 12 * 60_000;
    await changeIncident(ctx, id, { status: 'acknowledged' }, enqueue);
    const [per_prediction, per_day, total] = [2, 4000, 812].map((value) => ({
      ...{ value, low: value / 2, high: value * 2 },
    }));
    const losses = [{ model: 'credit', loss: { per_prediction, per_day, total, unit: 'EUR' }, sentence: '' }];
    await ctx.ledger
      .updateTable('incidents')
      .set({ losses: JSON.stringify(losses) })
      .where('id', '=', id)
      .execute();
    world.now = MORNING;
    const { counts, models, review, headline, sections } = await preview({ every: 'daily' });
    expect(counts).toMatchObject({ models: 3, told: 1, opened: 1, resolved: 0, going_on: 2, review: 1 });
    expect(headline).toMatch(
      /^1 of 3 models to look at: 1 incident opened, 2 go on now, 1 P3 waits for the weekly review; \d not judged: /,
    );
    expect(models[0]).toMatchObject({
      id: 'credit',
      owner: 'risk',
      incidents: [{ id, acknowledge_ms: 12 * 60_000, what: 'opened' }],
    });
    expect(review).toEqual([]);
    expect(sections[0]!.title).toBe('credit (risk)');
    expect(sections[0]!.lines[0]!.text).toMatch(
      /^\[P\d\] .*\(opened Mon 14 Dec 03:00; goes on; acknowledged after 12 min\). Costs about 4,000 EUR a day, 812 EUR so far/,
    );
    const weekly = await preview({ every: 'weekly' });
    expect(weekly.review).toMatchObject([{ priority: 'P3', what: 'opened', model_names: ['third'] }]);
    expect(weekly.sections.map(({ title }) => title)).toContain('For the weekly review: 1 incident of P3');
  });

  test('it is about what matches: models, owners, layers, priority; without matchers about what its channel is told of', async () => {
    await fires('credit/missing income');
    await fires('churn/drift age', 'P3');
    const ids = async (only: object | null, more: object = {}) =>
      (await preview({ only, ...more })).models.map(({ id }) => id);
    world.now += HOUR;
    expect((await ids(null)).sort()).toEqual(['churn', 'credit']);
    expect(await ids({ owners: ['risk'] })).toEqual(['credit']);
    expect(await ids({ models: ['churn'] })).toEqual(['churn']);
    expect(await ids({ layers: ['serving'] })).toEqual([]);
    expect(await ids({ priority: 'P2' })).toEqual(['credit']);
    await channel('team', { only_of: JSON.stringify({ owners: ['risk'], priority: 'P1' }) });
    expect(await ids(null, { channel: 'team' })).toEqual(['credit']);
  });

  test('columns that moved a little are told with size, n and range; what fires, or hardly moved, is not', async () => {
    const row = (column: string, change: object) => ({
      ...{
        id: column,
        model: 'credit',
        monitor: 'm',
        kind: 'drift',
        metric: 'js_distance_base2',
        layer: 'data',
      },
      ...{
        column,
        segment: '',
        version: '',
        state: 'ok' as const,
        reason: 'within_threshold',
        since: 0,
        memory: '{}',
      },
      ...{
        last_time: MORNING - HOUR,
        basis: '',
        value: 0.06,
        low: 0.051,
        high: 0.068,
        n: 4310,
        threshold: 0.1,
      },
      ...{ incident: null, updated_at: 0, ...change },
    });
    await ctx.ledger
      .insertInto('alerts')
      .values([
        row('age', {}),
        row('income', { low: 0.02 }),
        row('job', { state: 'firing' }),
        row('sex', { segment: 'country=FR' }),
        row('', { kind: 'prediction_drift', layer: 'model', value: 0.05, low: 0.045, id: 'answers' }),
      ])
      .execute();
    world.now = MORNING;
    const { counts, models, headline, sections } = await preview();
    expect(counts).toMatchObject({ moved: 2, told: 1 });
    expect(headline).toMatch(/^1 of 2 models to look at: 2 columns moved, small/);
    const ofLayer = async (layer: string) =>
      (await preview({ only: { layers: [layer] } })).models.flatMap((each) =>
        each.moved.map(({ kind }) => kind),
      );
    expect(await ofLayer('data')).toEqual(['drift']);
    expect(await ofLayer('model')).toEqual(['prediction_drift']);
    expect(await ofLayer('serving')).toEqual([]);
    expect(models[0]!.moved).toMatchObject([
      { column: 'age', value: 0.06, n: 4310, since: null, before: null },
      { kind: 'prediction_drift', column: '' },
    ]);
    expect(sections[0]!.lines[1]!.text).toMatch(/^Prediction drift, small: JS distance 0.05 \(/);
    expect(sections[0]!.lines[0]!.text).toBe(
      'age moved, small: JS distance 0.06 (interval 0.051–0.068, threshold 0.1, n = 4,310, window up to Mon 14 Dec 07:00), since before this digest',
    );
    const hours = (hour: number) => MORNING - DAY + hour * HOUR;
    const point = (hour: number, value: number) => [
      value,
      value * 0.9,
      value * 1.1,
      4310,
      'ok',
      hours(hour),
      0.1,
    ];
    const points = [
      point(0, 0.02),
      [0.02, 0, 0.04, 4310, 'ok', hours(1), 0.1],
      point(5, 0.04),
      point(23, 0.06),
    ];
    const names = ['drift', 'js_distance_base2', 'm', 'age', '', '', 'data', '', ''];
    ctx = { ...ctx, lake: lakeOf([{ points, names, together: 1 }]) };
    expect((await preview()).sections[0]!.lines[0]!.text).toMatch(
      /, since Sun 13 Dec 13:00; it was 0.02: it grew$/,
    );
  });

  test('a quiet fleet gets one honest line', async () => {
    const { headline, sections } = await preview();
    expect(headline).toBe(
      'Nothing moved in 0 models; 2 not judged: churn (no predictions yet), credit (no predictions yet)',
    );
    expect(sections.map(({ title }) => title)).toEqual(['Silent']);
    expect((await preview({ only: { owners: ['nobody'] } })).headline).toBe(
      'There is no model that this digest is about',
    );
  });

  test('what has no form for it is refused, with the reason; every change is in the audit log', async () => {
    await channel('pager', { kind: 'pagerduty', tells: 'incidents' });
    await channel('head', { tells: 'audit_head' });
    await expect(set({}, 'daily', 'pager')).rejects.toThrow(
      'pager is a channel of PagerDuty, which has no form for digests',
    );
    await expect(set({}, 'daily', 'head')).rejects.toMatchObject({ code: 'invalid_request' });
    await expect(set({}, 'daily', 'none')).rejects.toMatchObject({ code: 'not_found' });
    await expect(set({ days: [1, 2] }, 'weekly')).rejects.toMatchObject({ code: 'invalid_request' });
    await expect(sendDigest(ctx, 'chat', 'daily')).rejects.toMatchObject({ code: 'not_found' });
    await set();
    expect(await sendDigest(ctx, 'chat', 'daily')).toMatchObject({
      event: 'digest',
      state: 'waiting',
      sequence: 1,
    });
    expect(await sendDigest(ctx, 'chat', 'daily')).toMatchObject({ sequence: 2 });
    await deleteDigest(ctx, 'chat', 'daily');
    const actions = await ctx.ledger.selectFrom('audit').select('action').orderBy('seq').execute();
    expect(actions.map(({ action }) => action)).toEqual([
      'digest.set',
      'digest.send',
      'digest.send',
      'digest.delete',
    ]);
  });
});
