import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signature } from '../../server/actions/channels/webhook.ts';
import { startTestPostgres, type TestPostgres } from '../../server/store/ledger/testing/postgres.ts';
import { random, randomNormal } from '../../stats/random.ts';
import { startTestApp, type TestApp } from '../app.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const START = Date.UTC(2026, 2, 1);
const BROKEN = START + 8 * DAY;
const RUNBOOK = 'https://wiki.example.org/loans';

describe.each(['SQLite', 'PostgreSQL'])('a ledger on %s', (ledger) => {
  let now = START + 400 * DAY;
  let app: TestApp;
  let postgres: TestPostgres | undefined;
  let hook: Server;
  const received: { headers: IncomingMessage['headers']; body: string }[] = [];
  let refuse = 2;

  /** Ten days of a loan model: from day 8 on a third of incomes is missing. */
  function predictions(from: number, to: number, broken = BROKEN) {
    const next = random(from / HOUR);
    const rows: unknown[] = [];
    for (let time = from; time < to; time += HOUR / 40) {
      const age = 40 + 10 * randomNormal(next);
      rows.push({
        model: 'loans',
        id: `p${time}`,
        time,
        features: {
          age,
          income: time >= broken && next() < 0.33 ? null : Math.exp(randomNormal(next)),
          country: next() < 0.7 ? 'FR' : 'DE',
        },
        prediction: age > 32 + 2 * randomNormal(next) ? 'approve' : 'deny',
        latency_ms: 10 + 2 * Math.abs(randomNormal(next)),
      });
    }
    return rows;
  }

  async function send(rows: readonly unknown[]) {
    for (let i = 0; i < rows.length; i += 2_000) {
      const reply = await app.json('POST', '/api/v1/predictions', rows.slice(i, i + 2_000));
      expect(reply.body).toMatchObject({ rejected: [] });
    }
  }

  /** What the jobs do by themselves, once, with time for the newest rows to settle. */
  async function judge() {
    now += 20_000;
    await app.app.runJob('models');
    now += 20_000;
    await app.app.runJob('models');
    await app.app.runJob('incidents');
  }

  beforeAll(async () => {
    hook = createServer((request, reply) => {
      let body = '';
      request.on('data', (part) => (body += part));
      request.on('end', () => {
        if (refuse-- > 0) return void reply.writeHead(503).end();
        received.push({ headers: request.headers, body });
        reply.writeHead(204).end();
      });
    }).listen(0, '127.0.0.1');
    if (ledger === 'PostgreSQL') postgres = await startTestPostgres();
    const ledgerUrl = postgres === undefined ? {} : { ledgerUrl: await postgres.createDatabase() };
    app = await startTestApp({ clock: () => now, allowPrivateAddresses: true, ...ledgerUrl });
    const { port } = hook.address() as AddressInfo;
    const channel = await app.json('POST', '/api/v1/channels', {
      name: 'on-call',
      address: `http://127.0.0.1:${port}/hook`,
      secret: 'a good secret',
    });
    expect(channel.status).toBe(201);
    expect(JSON.stringify(channel.body)).not.toContain('a good secret');
  });
  afterAll(async () => {
    await app?.stop();
    hook?.close();
    await postgres?.stop();
  });

  test('good days are quiet: monitors by default, a reference by itself, no incident', async () => {
    await send(predictions(START, BROKEN));
    await judge();
    const monitors = await app.json('GET', '/api/v1/monitors?model=loans');
    expect(monitors.body.items.length).toBeGreaterThan(10);
    const alerts = await app.json('GET', '/api/v1/alerts?model=loans&state=firing');
    expect(alerts.body.items).toEqual([]);
    expect((await app.json('GET', '/api/v1/incidents')).body.items).toEqual([]);
  });

  test('a broken column becomes one incident that names it first', async () => {
    await app.json('PATCH', '/api/v1/models/loans', { runbook: RUNBOOK });
    await send(predictions(BROKEN, BROKEN + 2 * DAY));
    await judge();
    const { body } = await app.json('GET', '/api/v1/incidents?model=loans');
    expect(body.items).toHaveLength(1);
    const [incident] = body.items;
    expect(incident).toMatchObject({ model: 'loans', status: 'open', priority: 'P2' });
    expect(incident.title).toMatch(/^Missing values in income.* since 9 Mar 2026, 0\d:00 UTC$/);
    expect(incident.causes[0]).toMatchObject({ kind: 'missing_values', column: 'income' });
    expect(incident.causes[0].confidence).toBeGreaterThan(0.9);
    expect(
      incident.alerts.map((alert: { kind: string; column: string }) => `${alert.kind} ${alert.column}`),
    ).toEqual(expect.arrayContaining(['missing income', 'drift income']));
    const detail = await app.json('GET', `/api/v1/incidents/${incident.id}`);
    expect(detail.body.affected_predictions).toBeGreaterThan(1_500);
    expect(detail.body.timeline[0]).toMatchObject({ kind: 'opened' });
    expect(detail.body.runbooks).toEqual([{ model: 'loans', runbook: RUNBOOK }]);
  });

  test('it is told once, signed, after failures', async () => {
    for (let tries = 0; tries < 6; tries++) {
      await app.app.deliver();
      now += 60_000;
    }
    expect(received).toHaveLength(1);
    const [{ headers, body }] = received as [(typeof received)[0]];
    expect(headers['x-tiltmeter-event']).toBe('opened');
    expect(headers['x-tiltmeter-signature']).toBe(
      signature('a good secret', headers['x-tiltmeter-timestamp'] as string, body),
    );
    const message = JSON.parse(body);
    expect(message).toMatchObject({
      version: 1,
      event: 'opened',
      incident: { model: 'loans', priority: 'P2' },
      runbooks: [{ model: 'loans', runbook: RUNBOOK }],
    });
    expect(message.url).toBe(`${app.address}/incidents/${message.incident.id}`);
    expect(body).not.toMatch(/approve|"FR"/);
    const channel = (await app.json('GET', '/api/v1/channels')).body.items[0].id;
    const log = await app.json('GET', `/api/v1/channels/${channel}/deliveries`);
    expect(log.body.items).toMatchObject([{ event: 'opened', state: 'delivered', attempts: 3 }]);
  });

  test('what the model pays attention to is learned from its answers', async () => {
    await app.app.runJob('importance');
    const model = await app.json('GET', '/api/v1/models/loans');
    const importance = Object.fromEntries(
      model.body.columns.map((column: { name: string; importance: number | null }) => [
        column.name,
        column.importance,
      ]),
    );
    expect(model.body.importance_source).toBe('surrogate');
    expect(importance.age).toBeGreaterThan(importance.income);
  });

  test('judging again tells nothing twice', async () => {
    await judge();
    await app.app.deliver();
    expect(received).toHaveLength(1);
  });

  test('it resolves by itself when the column is whole again, and that is told once', async () => {
    await send(predictions(BROKEN + 2 * DAY, BROKEN + 6 * DAY, Number.POSITIVE_INFINITY));
    await judge();
    for (let tries = 0; tries < 3; tries++) await app.app.deliver();
    const { body } = await app.json('GET', '/api/v1/incidents?model=loans');
    expect(body.items.map(({ status }: { status: string }) => status)).toContain('resolved');
    const events = received.map(({ headers }) => headers['x-tiltmeter-event']);
    expect(events.filter((event) => event === 'resolved').length).toBeGreaterThanOrEqual(1);
    expect(new Set(received.map(({ headers }) => headers['idempotency-key'])).size).toBe(received.length);
  });

  test('signals are there for every series, thinned out on request', async () => {
    const all = await app.json('GET', '/api/v1/models/loans/signals?kind=missing&column=income');
    expect(all.body.items).toHaveLength(1);
    const [series] = all.body.items;
    expect(series).toMatchObject({ metric: 'missing_share', layer: 'data', unit: 'share', column: 'income' });
    expect(series.points.length).toBeGreaterThan(300);
    const few = await app.json('GET', '/api/v1/models/loans/signals?kind=missing&column=income&points=10');
    expect(few.body.items[0].points.length).toBeLessThanOrEqual(11);
    const worst = (points: { value: number | null }[]) => Math.max(...points.map(({ value }) => value ?? 0));
    expect(worst(few.body.items[0].points)).toBe(worst(series.points));
  });

  test('what was given up is sent again by hand', async () => {
    const channel = (await app.json('GET', '/api/v1/channels')).body.items[0].id;
    const path = `/api/v1/channels/${channel}/deliveries`;
    const [last] = (await app.json('GET', path)).body.items;
    expect((await app.json('POST', `${path}/${last.id}/retry`)).status).toBe(409);
    expect((await app.json('POST', `${path}/none/retry`)).status).toBe(404);
    await app.app.ctx.ledger
      .updateTable('outbox')
      .set({ state: 'failed' })
      .where('id', '=', last.id)
      .execute();
    expect((await app.json('GET', '/api/v1/channels')).body.items[0]).toMatchObject({
      waiting: 0,
      failed: 1,
    });
    const again = await app.json('POST', `${path}/${last.id}/retry`);
    expect(again.body).toMatchObject({ id: last.id, state: 'waiting', attempts: 0 });
    const before = received.length;
    await app.app.deliver();
    expect(received.slice(before).map(({ headers }) => headers['idempotency-key'])).toEqual([last.id]);
  });

  test('lists of incidents know how many there are, and page through all of them', async () => {
    const ids: string[] = [];
    for (let next = ''; ; ) {
      const { items, next_cursor, total } = (await app.json('GET', `/api/v1/incidents?limit=1${next}`)).body;
      ids.push(...items.map((item: { id: string }) => item.id));
      expect(total).toBeGreaterThanOrEqual(ids.length);
      if (next_cursor !== null) next = `&cursor=${next_cursor}`;
      else break;
    }
    expect((await app.json('GET', '/api/v1/incidents')).body.total).toBe(ids.length);
    const total = async (query: string) => (await app.json('GET', `/api/v1/incidents?${query}`)).body.total;
    expect(await total('model=loans')).toBe(ids.length);
    expect(await total('model=others')).toBe(0);
    expect(await total(`to=${START}`)).toBe(0);
    expect(await total(`from=${BROKEN}&to=${BROKEN + 2 * DAY}&priority=P2`)).toBeGreaterThanOrEqual(1);
  });

  test('a person acknowledges, judges and comments; each is in the timeline and the audit log', async () => {
    const { body } = await app.json('GET', '/api/v1/incidents?limit=1');
    const { id } = body.items[0];
    const change = { status: 'open', verdict: 'real', comment: 'the loader was down' };
    const changed = await app.json('PATCH', `/api/v1/incidents/${id}`, change);
    expect(changed.body).toMatchObject({ status: 'open', verdict: 'real' });
    const kinds = changed.body.timeline.map(({ kind }: { kind: string }) => kind);
    expect(kinds).toEqual(expect.arrayContaining(['reopened', 'comment']));
    await app.app.deliver();
    const { incident, event, text } = JSON.parse(received.at(-1)!.body);
    expect({ incident, event, text }).toMatchObject({
      event: 'reopened',
      text: expect.stringContaining('Reopened: '),
      incident: { id, status: 'open', episode: 2 },
    });
    const audit = await app.json('GET', '/api/v1/audit');
    expect(audit.body.items[0]).toMatchObject({ action: 'incident.change', target: id });
  });

  test('buckets of a day go on being judged when a monitor is added', async () => {
    await app.json('POST', '/api/v1/models', { id: 'daily', bucket_ms: DAY, window_ms: DAY });
    const days = (from: number, to: number) =>
      (predictions(START + from * DAY, START + to * DAY) as { id: string }[]).map((row) => ({
        ...row,
        model: 'daily',
      }));
    const judgement = () =>
      app.app.ctx.ledger
        .selectFrom('judgements')
        .select(['evaluated_to', 'failure'])
        .where('model', '=', 'daily')
        .executeTakeFirst();
    await send(days(0, 4));
    await judge();
    const monitor = { model: 'daily', kind: 'missing', options: { columns: ['age'], threshold: 0.1 } };
    expect((await app.json('POST', '/api/v1/monitors', monitor)).status).toBe(201);
    await send(days(4, 7));
    await judge();
    expect(await judgement()).toEqual({ evaluated_to: START + 6 * DAY, failure: null });
  });
});
