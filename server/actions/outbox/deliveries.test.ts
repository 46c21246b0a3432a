import { afterEach, beforeEach, expect, test } from 'vitest';
import { until } from '../../../test/until.ts';
import { LONGEST_PAUSE_MS, pauseAfter } from './backoff.ts';
import { CLAIM_MS, releaseAll } from './claim.ts';
import { type OutboxWorld, outboxWorld, type Server, type Told } from './testing/world.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let world: OutboxWorld;
let server: Server;
beforeEach(async () => {
  world = await outboxWorld();
  server = world.server();
  await world.channel('pager');
});
afterEach(() => world.close());

const said = (told: readonly Told[]) => told.map(({ incident, event }) => `${incident} ${event}`);
const states = async () => (await world.rows()).map(({ state, attempts }) => `${state} ${attempts}`);

test('what was decided later never overtakes what failed at first', async () => {
  await world.tell('opened', 'i');
  world.answer = () => 'refuse';
  await server.deliveries.runDue();
  await world.tell('resolved', 'i');
  world.answer = () => 'take';
  await server.deliveries.runDue();
  expect(world.taken).toEqual([]);
  world.now += 5_000;
  await server.deliveries.runDue();
  expect(said(world.taken)).toEqual(['i opened', 'i resolved']);
});

test('a raise to P1 is told, a reopening is, and what resolves after it', async () => {
  await world.tell('opened', 'i');
  await world.tell('priority_raised', 'i', { priority: 'P2' });
  await world.tell('priority_raised', 'i', { priority: 'P1' });
  await world.tell('resolved', 'i');
  await world.tell('reopened', 'i', { episode: 2 });
  await world.tell('resolved', 'i', { episode: 2 });
  const all = ['opened', 'priority_raised', 'resolved', 'reopened', 'resolved'];
  await server.deliveries.runDue();
  expect(world.taken.map(({ event }) => event)).toEqual(all);
  for (const event of ['opened', 'resolved'] as const) await world.tell(event, 'i');
  await world.tell('priority_raised', 'i', { priority: 'P1' });
  expect(await world.rows()).toHaveLength(all.length);
});

test('a raise to P2 is told to whoever was not told of the incident before', async () => {
  await world.channel('by day', { priority: 'P2' });
  await world.tell('opened', 'i', { priority: 'P3' });
  await world.tell('priority_raised', 'i', { priority: 'P2' });
  await world.tell('priority_raised', 'i', { priority: 'P1' });
  const told = (await world.rows()).map(({ channel, event }) => `${channel} ${event}`);
  expect(told.filter((line) => line.startsWith('by day'))).toEqual([
    'by day priority_raised',
    'by day priority_raised',
  ]);
  expect(told.filter((line) => !line.startsWith('by day'))).toHaveLength(2);
});

test('a channel of urgent incidents is told of one when it is raised, and of its end', async () => {
  await world.channel('urgent', { priority: 'P1' });
  await world.tell('opened', 'i');
  await world.tell('opened', 'calm');
  await world.tell('priority_raised', 'i', { priority: 'P1' });
  for (const incident of ['i', 'calm']) await world.tell('resolved', incident, { priority: 'P1' });
  const told = (await world.rows()).filter(({ channel }) => channel === 'urgent');
  expect(told.map(({ incident, event, sequence }) => `${sequence} ${incident} ${event}`)).toEqual([
    '1 i priority_raised',
    '2 i resolved',
  ]);
});

test('a channel that is told of the audit log is told of no incident', async () => {
  await world.channel('noted');
  await world.ledger.updateTable('channels').set({ tells: 'audit_head' }).where('id', '=', 'noted').execute();
  await world.tell('opened', 'i');
  expect((await world.rows()).map(({ channel }) => channel)).toEqual(['pager']);
});

test('fifty messages to a channel that hangs hold up no other channel', async () => {
  await world.channel('chat');
  for (let i = 0; i < 50; i++) await world.tell('opened', `i${i}`);
  world.answer = ({ channel }) => (channel === 'pager' ? 'hang' : 'take');
  const running = server.deliveries.runDue();
  await until(() => world.taken.length === 50);
  expect(world.taken.every(({ channel }) => channel === 'chat')).toBe(true);
  world.answer = () => 'take';
  world.timeOut();
  await running;
  world.now += 5_000;
  await server.deliveries.runDue();
  expect(world.taken).toHaveLength(100);
});

test('within a channel an incident that hangs takes up its own place only', async () => {
  for (let i = 0; i < 20; i++) await world.tell('opened', `i${i}`);
  world.answer = ({ incident }) => (incident === 'i0' ? 'hang' : 'take');
  const running = server.deliveries.runDue();
  await until(() => world.taken.length === 19);
  // one that comes meanwhile does not wait for it either
  await world.tell('opened', 'late');
  void server.deliveries.runDue();
  await until(() => world.taken.length === 20);
  world.timeOut();
  await running;
});

test('a receiver that answers 500 for an hour gets everything in order afterwards, each once', async () => {
  world.answer = () => 'refuse';
  await world.tell('opened', 'a');
  await world.tell('opened', 'b');
  const begun = world.now;
  for (; world.now < begun + HOUR; world.now += MINUTE) {
    if (world.now === begun + 10 * MINUTE) await world.tell('priority_raised', 'a', { priority: 'P1' });
    if (world.now === begun + 30 * MINUTE) await world.tell('resolved', 'a');
    await server.deliveries.runDue();
  }
  world.answer = () => 'take';
  world.now += LONGEST_PAUSE_MS;
  await server.deliveries.runDue();
  expect(said(world.taken).sort()).toEqual(['a opened', 'a priority_raised', 'a resolved', 'b opened']);
  expect(said(world.taken).filter((text) => text.startsWith('a'))).toEqual([
    'a opened',
    'a priority_raised',
    'a resolved',
  ]);
});

test('after a day of tries a message is given up, and the next one is tried', async () => {
  await world.tell('opened', 'i');
  await world.tell('resolved', 'i');
  world.answer = ({ event }) => (event === 'opened' ? 'refuse' : 'take');
  await server.deliveries.runDue();
  const last = Array.from({ length: 400 }, (_, i) => i).find((tries) => pauseAfter(tries + 1) === null)!;
  await world.ledger.updateTable('outbox').set({ attempts: last }).where('event', '=', 'opened').execute();
  expect(said(world.taken)).toEqual([]);
  world.now += LONGEST_PAUSE_MS;
  await server.deliveries.runDue();
  expect(said(world.taken)).toEqual(['i resolved']);
  const [opened] = await world.rows();
  expect(opened).toMatchObject({ state: 'failed', attempts: last + 1, last_error: 'refused' });
});

test('what the receiver calls wrong is given up at once', async () => {
  await world.tell('opened', 'i');
  world.answer = () => 'final';
  await server.deliveries.runDue();
  expect(await states()).toEqual(['failed 1']);
});

test('a hiccup of the ledger is no failed try', async () => {
  await world.tell('opened', 'i');
  // while the outbox is looked at, while a message is taken up, while its channel is read, while it is recorded
  for (const well of [0, 1, 2, 3, 4, 5]) {
    server.hiccupAfter = well;
    await server.deliveries.runDue().catch(() => {});
    expect(server.hiccupAfter).toBeUndefined();
    expect(await states()).toEqual(['waiting 0']);
    world.now += CLAIM_MS + 1;
  }
  await server.deliveries.runDue();
  expect(await states()).toEqual(['delivered 1']);
  expect(world.taken).toHaveLength(3);
  expect(new Set(world.taken.map(({ key }) => key)).size).toBe(1);
});

test('a delivery that could not be recorded is repeated under the same key, before anything newer', async () => {
  await world.tell('opened', 'i');
  await world.tell('resolved', 'i');
  world.answer = () => {
    server.dead = true;
    return 'take';
  };
  await server.deliveries.runDue();
  expect(await states()).toEqual(['waiting 0', 'waiting 0']);
  const other = world.server();
  world.answer = () => 'take';
  await other.deliveries.runDue();
  expect(world.taken).toHaveLength(1);
  world.now += CLAIM_MS + 1;
  await other.deliveries.runDue();
  expect(said(world.taken)).toEqual(['i opened', 'i opened', 'i resolved']);
  expect(world.taken[0]!.key).toBe(world.taken[1]!.key);
});

test('where a process is alone, what one that died has taken up is sent at once', async () => {
  await world.tell('opened', 'i');
  world.answer = () => {
    server.dead = true;
    return 'lost';
  };
  await server.deliveries.runDue();
  world.answer = () => 'take';
  const next = world.server();
  await releaseAll(next.ctx);
  await next.deliveries.runDue();
  expect(await states()).toEqual(['delivered 1']);
});

test('a server that comes late with its word does not undo what another said', async () => {
  await world.tell('opened', 'i');
  world.answer = () => 'hang';
  const slow = server.deliveries.runDue();
  await until(() => world.hanging === 1);
  world.now += CLAIM_MS + 1;
  world.answer = () => 'take';
  await world.server().deliveries.runDue();
  world.timeOut();
  await slow;
  expect(await states()).toEqual(['delivered 1']);
});

test.each([-8, 8])('a clock that jumps by %i h delays nothing', async (hours) => {
  await world.tell('opened', 'i');
  world.answer = () => 'refuse';
  await server.deliveries.runDue();
  world.now += hours * HOUR;
  world.answer = () => 'take';
  await server.deliveries.runDue();
  expect(await states()).toEqual(['delivered 2']);
});

test('stop begins nothing new, and waits for what is under way', async () => {
  for (let i = 0; i < 6; i++) await world.tell('opened', `i${i}`);
  world.answer = () => 'hang';
  const running = server.deliveries.runDue();
  await until(() => world.hanging === 4);
  let stopped = false;
  const stopping = server.deliveries.stop().then(() => {
    stopped = true;
  });
  await Promise.resolve();
  expect(stopped).toBe(false);
  world.timeOut();
  await Promise.all([stopping, running]);
  expect(world.tried).toHaveLength(4);
});
