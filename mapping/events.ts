import { createHash } from 'node:crypto';
import type { Label } from '../contract/label.ts';
import type { Prediction } from '../contract/prediction.ts';
import type { Part } from '../contract/table.ts';
import type { TableRow } from '../tables/table-row.ts';
import type { Mapping } from './mapping.ts';
import type { ReadCell } from './read-cells.ts';
import { timeOf } from './time.ts';

/** The same row at the same place of a file always has the same id, so that an import can be repeated after a failure. */
export function rowId(row: TableRow, index: number): string {
  return `row-${index}-${createHash('sha256').update(JSON.stringify(row)).digest('hex').slice(0, 16)}`;
}

/** What every row of an import shares. */
export interface Target {
  readonly model: string;
  readonly mapping: Mapping;
  /** How the cells of each column are read; a column that is not in it is left out. */
  readonly cells: ReadonlyMap<string, ReadCell>;
}

function value(row: TableRow, role: Part, { mapping, cells }: Target): unknown {
  const column = mapping.roles.get(role);
  return column === undefined ? undefined : cells.get(column)?.(row[column]);
}

function idOf(row: TableRow, index: number, target: Target): string {
  const id = mappedText(row, 'id', target);
  return id ?? rowId(row, index);
}

/** Ids, versions and traces stay the text of the file, `007` included. */
function mappedText(row: TableRow, role: Part, { mapping }: Target): string | undefined {
  const column = mapping.roles.get(role);
  const found = column === undefined ? undefined : row[column];
  return found === undefined || found === null || found === '' ? undefined : String(found);
}

/** A row that is a prediction already, as the API takes it. */
export function isEvent(row: TableRow): boolean {
  return typeof row.features === 'object' && row.features !== null;
}

/** A row of the file as a prediction. What does not fit the API is left to the server, which says so per row. */
export function predictionOf(row: TableRow, index: number, target: Target): Prediction {
  if (isEvent(row)) {
    const { label: _, ...event } = row;
    // Files write times in more ways than the API takes: epoch seconds, or without a zone.
    const time = event.time === undefined ? {} : { time: timeOf(event.time) };
    return { id: rowId(row, index), ...event, ...time, model: target.model } as Prediction;
  }
  const { mapping, cells, model } = target;
  const taken = new Set(mapping.roles.values());
  const features: Record<string, unknown> = {};
  for (const [name, raw] of Object.entries(row)) {
    const read = cells.get(name);
    if (read !== undefined && !taken.has(name) && !mapping.ignored.has(name)) features[name] = read(raw);
  }
  const event: Record<string, unknown> = { model, id: idOf(row, index, target), features };
  for (const role of ['prediction', 'score', 'latency_ms'] as const) {
    const found = value(row, role, target);
    if (found !== undefined) event[role] = found;
  }
  for (const role of ['version', 'error', 'trace_id', 'request_id', 'variant'] as const) {
    const found = mappedText(row, role, target);
    if (found !== undefined) event[role] = found;
  }
  const time = timeOf(row[mapping.roles.get('time') ?? '']);
  if (time !== undefined) event.time = time;
  return event as Prediction;
}

/** A row of the file as a label; undefined where the row has none. `timed`: the row's time is that of the label. */
export function labelOf(row: TableRow, index: number, target: Target, timed: boolean): Label | undefined {
  const label = value(row, 'label', target);
  if (label === undefined || label === null) return undefined;
  const time = timed ? timeOf(row[target.mapping.roles.get('time') ?? '']) : undefined;
  const event = { model: target.model, id: idOf(row, index, target), label };
  return (time === undefined ? event : { ...event, time }) as Label;
}
