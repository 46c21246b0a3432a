import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { NewAction } from '../../contract/action.ts';
import { NewQuarantine } from '../../contract/quarantine.ts';
import type { Actor } from '../context.ts';
import { HOUR, type IncidentsWorld, incidentsWorld } from '../incidents/testing/world.ts';
import { emptyHead } from '../profiles/heads/open-head.ts';
import { startTestPostgres, type TestPostgres } from '../store/ledger/testing/postgres.ts';
import { changeAction, createAction, listActions } from './actions.ts';
import { actionsJob } from './job.ts';
import { Flags } from './quarantine/flags.ts';
import { setFlag } from './quarantine/set-flags.ts';
import { askByHand } from './runs/ask-by-hand.ts';
import { askForIncidents } from './runs/ask-due.ts';
import { decideRun } from './runs/decide-run.ts';
import { listRuns } from './runs/list-runs.ts';
import { promoteByHand } from './runs/promote-by-hand.ts';

const GITLAB = { project: '7', ref: 'main', token: 'secret', variables: '{}' };

describe.each(['SQLite', 'PostgreSQL'])('on %s', (ledger) => {
  let postgres: TestPostgres | undefined;
  let world: IncidentsWorld;
  const heard: string[] = [];
  const bodies: string[] = [];
  let status = 200;
  const other = createServer((request, response) => {
    heard.push(String(request.headers['idempotency-key']));
    if (status === 0) return request.socket.destroy();
    let body = '';
    request.setEncoding('utf8').on('data', (part) => (body += part));
    request.on('end', () => {
      bodies.push(body);
      response.writeHead(status).end('{}');
    });
  });
  const address = () => `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
  beforeAll(async () => {
    if (ledger === 'PostgreSQL') postgres = await startTestPostgres();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  });
  afterAll(async () => {
    other.close();
    await postgres?.stop();
  });
  beforeEach(async () => {
    heard.length = 0;
    status = 200;
    world = await incidentsWorld(await postgres?.createDatabase());
    await world.model('m');
    await world.decide({ of: 'm/missing income', to: 'firing', at: 900 });
    await world.run();
  });
  afterEach(() => world.close());

  const action = (more: object = {}, kind = 'webhook', options: object = { address: address() }) =>
    createAction(world.ctx, NewAction.parse({ name: 'Retrain', kind, options, ...more }));
  const run = async () => actionsJob.run(world.ctx, await world.fence());
  const runs = async () => (await listRuns(world.ctx, { limit: 10 })).items;

  test('it is asked for once, told, begun when somebody says yes, and never twice', async () => {
    await action();
    await run();
    await run();
    const [asked, ...more] = await runs();
    expect([asked!.state, more, heard]).toEqual(['asked', [], []]);
    await decideRun(world.ctx, asked!.id, true, 'go');
    await expect(decideRun(world.ctx, asked!.id, false, '')).rejects.toThrow('has decided it');
    await run();
    await run();
    expect(heard).toEqual([asked!.id]);
    expect((await runs())[0]).toMatchObject({ state: 'begun', comment: 'go', tries: [{ said: 'begun' }] });
    expect((await world.timeline()).join('\n')).toMatch(
      /waits for approval[\s\S]*approved Retrain: go[\s\S]*Retrain: begun/,
    );
  });

  test('who is concerned is told once that it waits for a yes: which action, because of what, where to look', async () => {
    const channel = { kind: 'webhook', options: '{}', enabled: 1, created_at: 0, updated_at: 0 } as const;
    await world.ctx.ledger
      .insertInto('channels')
      .values([
        { ...channel, id: 'chat', name: 'chat', tells: 'incidents', only_of: '{}' },
        { ...channel, id: 'others', name: 'others', tells: 'incidents', only_of: '{"models":["n"]}' },
        { ...channel, id: 'digests', name: 'digests', tells: 'digests', only_of: '{}' },
      ])
      .execute();
    await action();
    await action({ name: 'at once', approval: null });
    await run();
    await run();
    const sent = await world.ctx.ledger.selectFrom('outbox').selectAll().execute();
    expect(sent.map(({ channel, event }) => [channel, event])).toEqual([['chat', 'approval_asked']]);
    const { text, url, incident } = JSON.parse(sent[0]!.payload);
    expect(text).toBe(`[${incident.priority}] m: Waits for approval: Retrain, because of ${incident.title}`);
    expect(url).toBe(`http://tilt/incidents/${incident.id}`);
    // what was decided is no message of its own, and nothing is asked again
    await decideRun(world.ctx, (await runs()).find(({ state }) => state === 'asked')!.id, true, '');
    await run();
    expect(await world.ctx.ledger.selectFrom('outbox').select('id').execute()).toHaveLength(1);
  });

  test('a version is promoted by hand: to it, from the one beside it; approval, limits and one at a time hold', async () => {
    const [model] = await world.ctx.ledger.selectFrom('models').selectAll().execute();
    const versions = JSON.stringify([
      ['3', 9],
      ['2', 9],
    ]);
    await world.ctx.ledger
      .insertInto('profile_heads')
      .values({ ...emptyHead(model!), versions })
      .execute();
    const { id } = await action({ name: 'Release', when: { on: 'hand' } }, 'release');
    const retrain = await action({ name: 'Retrain', when: { on: 'hand' } });
    const promote = (version: string, of = id) =>
      promoteByHand(world.ctx, 'm', { action: of, version, reason: '' });
    await expect(promote('4')).rejects.toThrow('version must be one that has answered: 3, 2');
    await expect(promote('2', retrain.id)).rejects.toThrow('Retrain promotes nothing');
    const asked = await promote('2');
    expect(asked).toMatchObject({
      state: 'asked',
      incident: null,
      because: expect.stringContaining('version 2'),
    });
    await expect(promote('3')).rejects.toThrow('waits for m already');
    await decideRun(world.ctx, asked.id, true, '');
    await run();
    expect(heard).toEqual([asked.id]);
    expect(JSON.parse(bodies.at(-1)!)).toMatchObject({
      event: 'promote',
      to: '2',
      from: '3',
      incident: null,
    });
    await expect(promote('3')).rejects.toThrow('minutes ago');
  });

  test('nobody said yes in time, or somebody who may not', async () => {
    await action({ approval: { people: ['ada@example.org'], expires_minutes: 60 } });
    await run();
    const [asked] = await runs();
    await expect(decideRun(world.ctx, asked!.id, true, '')).rejects.toThrow('ada@example.org may say');
    world.now += HOUR;
    await run();
    expect((await runs()).map(({ state }) => state)).toEqual(['expired']);
    expect(heard).toEqual([]);
  });

  test('somebody asks for it by hand: who and why are told, approval and limits hold, and one waits at a time', async () => {
    const made = await action({ when: { on: 'hand' }, cooldown_minutes: 60 });
    const incident = (await world.incidents())[0]!.id;
    const asks = (reason = '', model = 'm') => askByHand(world.ctx, made.id, { incident, model, reason });
    await run();
    expect(await runs()).toEqual([]);
    const asked = await asks('the backfill is done');
    expect(asked).toMatchObject({ state: 'asked', because: 'the backfill is done' });
    expect(asked.asked_by).not.toBeNull();
    expect((await world.timeline()).join('\n')).toMatch(/waits for approval, asked for by hand/);
    await expect(asks()).rejects.toThrow('waits for m already');
    await expect(asks('', 'other')).rejects.toThrow('model must be one of');
    await decideRun(world.ctx, asked.id, true, '');
    await run();
    expect(heard).toEqual([asked.id]);
    await expect(asks()).rejects.toThrow('less than 60 minutes ago');
    world.now += 61 * 60_000;
    await expect(asks()).rejects.toThrow('was due 1 times in 24 hours');
    await changeAction(world.ctx, made.id, { enabled: false });
    await expect(asks()).rejects.toThrow('is paused');
    expect((await listRuns(world.ctx, { limit: 10, action: made.id })).items).toHaveLength(1);
    expect((await listRuns(world.ctx, { limit: 10, action: 'another' })).items).toEqual([]);
    await world.ctx.ledger.updateTable('incidents').set({ status: 'resolved' }).execute();
    await expect(asks()).rejects.toThrow('it is over');
  });

  test('who asked for it by hand does not say yes to it, with a key neither, unless named; no may be said', async () => {
    const incident = (await world.incidents())[0]!.id;
    const ada: Actor = { ...world.ctx.actor, kind: 'user', id: 'u1', name: 'ada@example.org', account: 'u1' };
    const as = (actor: Actor) => ({ ...world.ctx, actor });
    const key: Actor = { ...ada, kind: 'key', id: 'k1', name: 'deploy' };
    const bob: Actor = { ...ada, id: 'u2', name: 'bob@example.org', account: 'u2' };
    const { id } = await action({ when: { on: 'hand' }, per_day: 10, cooldown_minutes: 0 });
    const person = { kind: 'person', role: 'editor', created_at: 0, disabled_at: null } as const;
    const asks = () => askByHand(as(key), id, { incident, model: 'm', reason: '' });
    const only = await asks();
    expect(await decideRun(as(ada), only.id, true, '')).toMatchObject({ decided_by: 'ada@example.org' });
    await run();
    for (const [id, email] of [
      ['u1', 'ada@example.org'],
      ['u2', 'bob@example.org'],
    ] as const)
      await world.ctx.ledger
        .insertInto('users')
        .values({ ...person, id, email, name: id })
        .execute();
    world.now += HOUR;
    const first = await asks();
    await expect(decideRun(as(ada), first.id, true, '')).rejects.toThrow('You asked for Retrain');
    await expect(decideRun(as(key), first.id, true, '')).rejects.toThrow('You asked for Retrain');
    await decideRun(as(ada), first.id, false, '');
    world.now += 25 * HOUR;
    const second = await asks();
    expect(await decideRun(as(bob), second.id, true, '')).toMatchObject({ decided_by: 'bob@example.org' });
  });

  test('what it is let in with lies sealed and is told nobody, and no action leads to a private address', async () => {
    await action({}, 'gitlab', { ...GITLAB, token: 'glptt-much-secret' });
    const all = await Promise.all([
      world.ctx.ledger.selectFrom('actions').selectAll().execute(),
      world.ctx.ledger.selectFrom('audit').selectAll().execute(),
      listActions(world.ctx),
    ]);
    expect(JSON.stringify(all)).not.toContain('much-secret');
    const strict = {
      ...world.ctx,
      settings: { ...world.ctx.settings, allowPrivateAddresses: false },
    };
    for (const [kind, options] of [
      ['webhook', { address: address() }],
      ['gitlab', { ...GITLAB, address: 'http://169.254.169.254' }],
    ] as const)
      await expect(
        createAction(strict, NewAction.parse({ name: `to ${kind}`, kind, options })),
      ).rejects.toMatchObject({ code: 'private_address' });
  });

  test('there is never an action more than are looked at, however many are made at once', async () => {
    await action();
    const [row] = await world.ctx.ledger.selectFrom('actions').selectAll().execute();
    for (let i = 1; i < 499; i++)
      await world.ctx.ledger
        .insertInto('actions')
        .values({ ...row!, id: `a${i}`, name: `a${i}`, enabled: 0 })
        .execute();
    const made = await Promise.allSettled(['a', 'b', 'c', 'd'].map((name) => action({ name })));
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await world.ctx.ledger.selectFrom('actions').select('id').execute()).toHaveLength(500);
    await expect(action({ name: 'one more' })).rejects.toThrow('at most 500 actions');
  });

  test('what is paused is not begun, neither what waits for a yes nor what has it', async () => {
    const made = await action();
    await run();
    const [asked] = await runs();
    await changeAction(world.ctx, made.id, { enabled: false });
    await expect(decideRun(world.ctx, asked!.id, true, '')).rejects.toThrow('Retrain is paused');
    await changeAction(world.ctx, made.id, { enabled: true });
    await decideRun(world.ctx, asked!.id, true, '');
    await changeAction(world.ctx, made.id, { enabled: false });
    await run();
    expect(heard).toEqual([]);
    expect((await runs())[0]).toMatchObject({ state: 'failed', tries: [{ said: 'the action is paused' }] });
  });

  test('it waits for its conditions: how long, which cause, which kind of monitor', async () => {
    const [opened] = await world.incidents();
    world.now = opened!.opened_at;
    await action({ approval: null, when: { after_minutes: 30 } });
    await action({ name: 'other cause', approval: null, when: { causes: ['nothing'] } });
    await action({ name: 'other kind', approval: null, when: { kinds: ['nothing'] } });
    await action({ name: 'other model', approval: null, when: { models: ['nothing'] } });
    await run();
    expect(heard).toEqual([]);
    world.now += 31 * 60_000;
    await run();
    expect((await runs()).map(({ name, state }) => [name, state])).toEqual([['Retrain', 'begun']]);
  });

  test('what may have been heard is repeated under one key where the other side knows it, and else left to people', async () => {
    const gitlab = { address: address(), project: 'p', token: 't' };
    await action({ approval: null });
    await action({ name: 'GitLab', approval: null }, 'gitlab', gitlab);
    status = 0;
    await run();
    expect((await runs()).map(({ kind, state }) => `${kind} ${state}`).sort()).toEqual([
      'gitlab unclear',
      'webhook waiting',
    ]);
    status = 200;
    world.now += HOUR;
    await run();
    const [key] = heard.filter((one) => one !== 'undefined');
    expect(heard.filter((one) => one === key)).toHaveLength(2);
    expect((await runs()).find(({ kind }) => kind === 'webhook')).toMatchObject({
      state: 'begun',
      tries: [{ said: 'ECONNRESET' }, { said: 'begun' }],
    });
    expect(heard.filter((one) => one === 'undefined')).toHaveLength(1);
  });

  test('a quarantine flags the columns of the incident until its time', async () => {
    await action({ approval: null }, 'quarantine', { hours: 2 });
    await run();
    const flags = new Flags(world.ctx);
    expect(await flags.of('m')).toMatchObject({ flagged: true, columns: ['income'], whole_model: false });
    world.now += 2 * HOUR;
    expect(await flags.of('m')).toMatchObject({ flagged: false, flags: [] });
    await expect(flags.of('typo')).rejects.toThrow('no model typo');
    const typo = NewQuarantine.parse({ of: 'column', name: 'incme', reason: 'backfill' });
    await expect(setFlag(world.ctx, 'm', typo)).rejects.toThrow('m has no column incme');
  });

  test('a try whose server is gone is made again where the other side knows the key, and is unclear where it does not', async () => {
    const dead = () =>
      world.ctx.ledger.updateTable('action_runs').set({ attempts: 1, claimed_until: 1 }).execute();
    const [known, unknown] = [
      await action({ approval: null }),
      await action({ approval: null, name: 'Pipeline' }, 'gitlab', { ...GITLAB, address: address() }),
    ];
    await askForIncidents(world.ctx, await world.fence());
    await dead();
    await run();
    world.now += HOUR;
    await run();
    const states = new Map((await runs()).map((one) => [one.action, one]));
    expect(states.get(known.id)).toMatchObject({
      state: 'begun',
      tries: [{ said: 'the server stopped while it tried' }, { said: 'begun' }],
    });
    expect(states.get(unknown.id)).toMatchObject({ state: 'unclear', tries: [{}] });
    expect(heard).toHaveLength(1);
  });
});
