import { afterAll, beforeAll, expect, test } from 'vitest';
import type { IncidentRow } from '../store/ledger/schema.ts';
import { UNTOUCHED } from './life/untouched.ts';
import { listIncidents } from './list-incidents.ts';
import { type IncidentsWorld, incidentsWorld } from './testing/world.ts';

let world: IncidentsWorld;

const row = (id: string, status: IncidentRow['status'], priority: IncidentRow['priority']): IncidentRow => ({
  ...{
    id,
    status,
    priority,
    model: 'm',
    grouped_by: id,
    episode: 1,
    title: id,
    withdrawn: 0,
    causes: '[]',
    diagnosed: 2 as const,
    losses: '[]',
    priced_at: 0,
    priced_as: '',
  },
  ...{ started_at: 0, last_at: 0, opened_at: 0, waiting_since: 0, updated_at: 0 },
  ...{ resolved_by: null, going_to: null, ended: null },
  ...UNTOUCHED,
  resolved_at: null,
});

beforeAll(async () => {
  world = await incidentsWorld();
  const rows = [
    row('a', 'resolved', 'P1'),
    row('b', 'open', 'P3'),
    row('c', 'acknowledged', 'P1'),
    row('d', 'open', 'P1'),
    row('e', 'resolved', 'P3'),
    row('f', 'open', 'P1'),
    row('g', 'open', 'P2'),
  ];
  await world.ctx.ledger.insertInto('incidents').values(rows).execute();
});
afterAll(() => world.close());

test.each([
  [undefined, 'gfedcba'],
  ['newest', 'gfedcba'],
  ['urgency', 'fdgbcea'],
] as const)('%s first, the same page by page', async (sort, expected) => {
  const found: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listIncidents(world.ctx, { limit: 2, cursor, sort });
    expect(page.total).toBe(7);
    found.push(...page.items.map(({ id }) => id));
    cursor = page.next_cursor ?? undefined;
  } while (cursor !== undefined);
  expect(found.join('')).toBe(expected);
});

test('a cursor of another order is refused', async () => {
  await expect(listIncidents(world.ctx, { limit: 2, cursor: 'g', sort: 'urgency' })).rejects.toThrow(
    'cursor',
  );
});
