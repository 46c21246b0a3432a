import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { AnnouncedEvent } from '../../incidents/announce.ts';
import { startTestPostgres, type TestPostgres } from '../../store/ledger/testing/postgres.ts';
import { LONGEST_PAUSE_MS } from './backoff.ts';
import { type Answer, type OutboxWorld, outboxWorld, type Server, type Told } from './testing/world.ts';

const CHANNELS = ['pager', 'chat'];

/** What happens to an incident next: what is decided, as far as it makes sense. */
function decider() {
  const incidents = new Map<string, { open: boolean; episode: number; priority: number }>();
  return (
    incident: string,
    wish: 'rise' | 'end',
  ): [AnnouncedEvent, { episode: number; priority: 'P1' | 'P2' | 'P3' }] => {
    const known = incidents.get(incident);
    const state = known ?? { open: true, episode: 1, priority: 3 };
    incidents.set(incident, state);
    let event: AnnouncedEvent = 'opened';
    if (known?.open && wish === 'rise' && state.priority > 1) {
      state.priority -= 1;
      event = 'priority_raised';
    } else if (known?.open) {
      state.open = false;
      event = 'resolved';
    } else if (known) {
      state.open = true;
      state.episode += 1;
      event = 'reopened';
    }
    return [event, { episode: state.episode, priority: `P${state.priority}` as 'P1' | 'P2' | 'P3' }];
  };
}

type Step =
  | { readonly do: 'decide'; readonly incident: string; readonly wish: 'rise' | 'end' }
  | { readonly do: 'run' | 'hiccup' | 'die'; readonly server: number; readonly after: number }
  | { readonly do: 'answer'; readonly channel: string; readonly answer: Answer }
  | { readonly do: 'time out' }
  | { readonly do: 'clock'; readonly by: number };

const server = { server: fc.nat(1), after: fc.nat(5) };
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('decide' as const),
      incident: fc.constantFrom('i', 'j', 'k'),
      wish: fc.constantFrom('rise' as const, 'end' as const),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('run' as const), ...server }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('hiccup' as const, 'die' as const), ...server }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('answer' as const),
      channel: fc.constantFrom(...CHANNELS),
      answer: fc.constantFrom<Answer>('take', 'refuse', 'final', 'lost', 'hang'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('time out' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('clock' as const),
      by: fc.constantFrom(1_000, 20_000, 400_000, 28_800_000, -28_800_000),
    }),
  },
);

/** Plays what happened, then heals everything and waits until nothing waits. */
async function play(world: OutboxWorld, steps: readonly Step[]): Promise<void> {
  const decide = decider();
  const servers = [world.server(), world.server()];
  const answers = new Map<string, Answer>();
  const running: Promise<void>[] = [];
  world.answer = ({ channel }) => answers.get(channel) ?? 'take';
  for (const each of steps) {
    if (each.do === 'decide') await world.tell(...tuple(each.incident, decide(each.incident, each.wish)));
    else if (each.do === 'answer') answers.set(each.channel, each.answer);
    else if (each.do === 'time out') world.timeOut();
    else if (each.do === 'clock') world.now += each.by;
    else if (each.do === 'hiccup') servers[each.server]!.hiccupAfter = each.after;
    else if (each.do === 'die') {
      servers[each.server]!.dead = true;
      servers[each.server] = world.server();
    } else {
      const ran = servers[each.server]!.deliveries.runDue().catch(() => {});
      running.push(ran);
      // until it is done, or only those who hang are left
      await Promise.race([ran, vi.waitUntil(() => world.hanging > 0).catch(() => {})]);
    }
  }
  answers.clear();
  world.timeOut();
  await Promise.all(running);
  const healed = world.server();
  for (let i = 0; (await world.rows()).some(({ state }) => state === 'waiting'); i++) {
    expect(i).toBeLessThan(50);
    world.now += LONGEST_PAUSE_MS;
    await healed.deliveries.runDue();
  }
}

const tuple = <A, B, C>(b: B, [a, c]: [A, C]): [A, B, C] => [a, b, c];

/** Each receiver was told each thing in the order of its decision; only a repetition under the same key may come again. */
async function expectOrder(world: OutboxWorld): Promise<void> {
  const rows = await world.rows();
  for (const { state } of rows) expect(state).not.toBe('waiting');
  const taken = Map.groupBy(world.taken, ({ channel, incident }) => `${channel} ${incident}`);
  const lines = Map.groupBy(rows, ({ channel, incident }) => `${channel} ${incident}`);
  for (const [name, line] of lines) {
    const keys = (taken.get(name) ?? []).map(({ key }: Told) => key);
    const once = keys.filter((key, i) => key !== keys[i - 1]);
    const delivered = new Set(line.filter(({ state }) => state === 'delivered').map(({ id }) => id));
    // a message that was taken and whose answer was lost may be refused for good at its repetition
    const expected = line.map(({ id }) => id).filter((id) => delivered.has(id) || once.includes(id));
    expect(once).toEqual(expected);
    expect(line.map(({ sequence }) => sequence)).toEqual(line.map((_, i) => i + 1));
    for (const [i, { event }] of line.entries()) expect(may(line[i - 1]?.event), `${i}`).toContain(event);
  }
}

function may(before: string | undefined): string[] {
  if (before === undefined) return ['opened'];
  return before === 'resolved' ? ['reopened'] : ['priority_raised', 'resolved'];
}

let world: OutboxWorld;
beforeAll(async () => {
  world = await outboxWorld();
  for (const channel of CHANNELS) await world.channel(channel);
});
afterAll(() => world?.close());

test('whatever fails, hangs, dies or jumps: per channel and incident each thing is told once, in order', async () => {
  await fc.assert(
    fc
      .asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
        await play(world, steps);
        await expectOrder(world);
      })
      .afterEach(() => world.clear()),
    { numRuns: 40, seed: 7 },
  );
});

test('two servers on one PostgreSQL: no message is under way twice', async () => {
  let postgres: TestPostgres | undefined;
  let shared: OutboxWorld | undefined;
  try {
    postgres = await startTestPostgres();
    shared = await outboxWorld(await postgres.createDatabase());
    const { ledger, tried } = shared;
    for (const channel of CHANNELS) await shared.channel(channel);
    for (let i = 0; i < 15; i++) {
      await shared.tell('opened', `i${i}`);
      await shared.tell('priority_raised', `i${i}`, { priority: 'P1' });
      await shared.tell('resolved', `i${i}`);
    }
    const servers: Server[] = Array.from({ length: 3 }, () => shared!.server());
    await Promise.all(servers.map(({ deliveries }) => deliveries.runDue()));
    await servers[0]!.deliveries.runDue();
    expect(tried).toHaveLength(2 * 15 * 3);
    await expectOrder(shared);
    const left = await ledger.selectFrom('outbox').select('id').where('state', '!=', 'delivered').execute();
    expect(left).toEqual([]);
  } finally {
    await shared?.close();
    await postgres?.stop();
  }
});
