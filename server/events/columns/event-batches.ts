import type { Change } from '../../../contract/change.ts';
import type { Label } from '../../../contract/label.ts';
import type { Outcome } from '../../../contract/outcome.ts';
import { Batch } from './batch.ts';
import { CategoryColumn } from './category-column.ts';
import { NumberColumn } from './number-column.ts';
import { TextColumn } from './text-column.ts';
import { TimeColumn } from './time-column.ts';

/** What every row gets on its way in: an id of its own and event time. */
export interface RowStamp {
  readonly id: string;
  readonly time: number;
}

const category = () => new CategoryColumn('');
const text = () => new TextColumn();
const number = () => new NumberColumn();
const time = () => new TimeColumn();

/** Labels replace each other by model and prediction id, so that writing one twice changes nothing. */
export function labelBatch(): Batch {
  return new Batch('tiltmeter.labels', { stampColumn: 'received_at', arrivals: 'labels' });
}

export function addLabel(batch: Batch, label: Label, stamp: RowStamp): void {
  const at = batch.rows;
  batch.addId(stamp.id);
  batch.models.add(label.model);
  batch.column('model', category).set(at, label.model);
  batch.column('id', text).set(at, label.id);
  batch.column('label', category).set(at, String(label.label));
  const value = labelNumber(label.label);
  if (value !== undefined) batch.column('label_number', number).set(at, value);
  batch.column('time', time).set(at, stamp.time);
  if (label.source) batch.column('source', category).set(at, label.source);
}

/** A label as a number, where it is one: `labelNumber('12.5')` → 12.5, `labelNumber('yes')` → undefined */
export function labelNumber(label: Label['label']): number | undefined {
  if (typeof label === 'number') return label;
  if (typeof label !== 'string' || !/^\s*[-+]?(\d|\.\d)/.test(label)) return undefined;
  const value = Number(label);
  return Number.isFinite(value) ? value : undefined;
}

export function outcomeBatch(): Batch {
  return new Batch('tiltmeter.outcomes', { idColumn: 'event_id', stampColumn: 'received_at' });
}

export function addOutcome(batch: Batch, outcome: Outcome, stamp: RowStamp): void {
  const at = batch.rows;
  batch.addId(stamp.id);
  batch.column('event_id', text).set(at, stamp.id);
  batch.column('model', category).set(at, outcome.model);
  batch.column('metric', category).set(at, outcome.metric);
  batch.column('value', number).set(at, outcome.value);
  if (outcome.id) batch.column('id', text).set(at, outcome.id);
  batch.column('time', time).set(at, stamp.time);
}

export function changeBatch(): Batch {
  return new Batch('tiltmeter.changes', { idColumn: 'id', stampColumn: 'received_at' });
}

export function addChange(batch: Batch, change: Change, stamp: RowStamp): void {
  const at = batch.rows;
  batch.addId(stamp.id);
  batch.column('id', text).set(at, stamp.id);
  if (change.model) batch.column('model', category).set(at, change.model);
  batch.column('time', time).set(at, stamp.time);
  batch.column('kind', category).set(at, change.kind);
  batch.column('title', category).set(at, change.title);
  if (change.version) batch.column('version', category).set(at, change.version);
  if (change.url) batch.column('url', category).set(at, change.url);
}

/** A refused event as it is kept. The rejects replace each other by received_at and id. */
export interface RejectRow {
  readonly id: string;
  readonly receivedAt: number;
  readonly kind: string;
  readonly model: string;
  readonly code: string;
  readonly message: string;
  readonly raw: string;
  readonly replayedAt?: number;
}

export function rejectBatch(): Batch {
  return new Batch('tiltmeter.rejects');
}

export function addReject(batch: Batch, reject: RejectRow): void {
  const at = batch.rows;
  batch.addId(reject.id);
  batch.column('id', text).set(at, reject.id);
  batch.column('received_at', time).set(at, reject.receivedAt);
  batch.column('kind', category).set(at, reject.kind);
  batch.column('model', category).set(at, reject.model);
  batch.column('code', category).set(at, reject.code);
  batch.column('message', category).set(at, reject.message);
  batch.column('raw', text).set(at, reject.raw);
  const replayed = batch.column('replayed_at', time);
  if (reject.replayedAt !== undefined) replayed.set(at, reject.replayedAt);
}
