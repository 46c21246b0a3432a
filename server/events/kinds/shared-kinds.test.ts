import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tableFromIPC } from 'apache-arrow';
import { expect, test } from 'vitest';
import { changes } from './changes.ts';
import { EVENT_KINDS, isEventKind, SHARED_KINDS } from './index.ts';
import type { SharedKind } from './kind.ts';
import { labels } from './labels.ts';
import { outcomes } from './outcomes.ts';

const TIME = Date.UTC(2026, 0, 5);

function written<T extends object>(kind: SharedKind<T>, event: T): Record<string, unknown> {
  const batch = kind.batch();
  kind.add(batch, event, { id: 'own', time: TIME });
  const row = tableFromIPC(batch.encode(TIME + 5).arrow).toArray()[0]!;
  return row.toJSON() as Record<string, unknown>;
}

test('a label: its text, its number, when it became known and when it came', () => {
  const event = { model: 'm', id: 'a', label: '12.5', source: 'audit' };
  expect(written(labels, event)).toMatchObject({
    model: 'm',
    id: 'a',
    label: '12.5',
    label_number: 12.5,
    source: 'audit',
  });
});

test('an outcome has an id of its own beside the one of its prediction', () => {
  const event = { model: 'm', metric: 'revenue', value: 9.5, id: 'a' };
  expect(written(outcomes, event)).toMatchObject({ event_id: 'own', id: 'a', metric: 'revenue', value: 9.5 });
});

test('a change of all models names none', () => {
  const row = written(changes, { kind: 'deploy', title: 'v2' });
  expect(row).toMatchObject({ id: 'own', kind: 'deploy', title: 'v2' });
  expect(row.model).toBeUndefined();
});

test('every kind goes by the name it is listed under, into the table that it is kept in', () => {
  for (const [id, kind] of Object.entries(EVENT_KINDS)) expect(kind.id).toBe(id);
  for (const { table, kept, batch } of Object.values(SHARED_KINDS)) {
    expect(kept.name).toBe(table);
    expect(batch().table).toBe(`tiltmeter.${table}`);
  }
  expect(isEventKind('labels')).toBe(true);
  expect(isEventKind('toString')).toBe(false);
});

test('the guide tells how each kind is sent', () => {
  const guide = readFileSync(join(import.meta.dirname, '../../../docs/sending-events.md'), 'utf8');
  for (const id of Object.keys(EVENT_KINDS)) expect(guide).toContain(`/api/v1/${id}`);
});
