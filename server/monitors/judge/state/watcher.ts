import type { ProfiledColumn } from '../../../models/columns/profiled-columns.ts';
import type { MonitorRow } from '../../../store/ledger/schema.ts';
import type { Kind } from '../../kind.ts';
import { kindOf } from '../../kinds/index.ts';
import type { Options } from '../../options.ts';

/** A monitor with its kind. */
export interface Watcher<K extends Kind = Kind> {
  readonly monitor: MonitorRow;
  readonly kind: K;
  readonly options: Options;
  /** The segment that its series is of; empty for all predictions. */
  readonly segment: string;
  /** So many segments are judged beside one another. */
  readonly looks: number;
}

/** Undefined for a kind that this version does not know. */
export function watcherOf(monitor: MonitorRow): Watcher | undefined {
  const kind = kindOf(monitor.kind);
  return kind && { monitor, kind, options: JSON.parse(monitor.options) as Options, segment: '', looks: 1 };
}

/** A monitor once, or once for each of the model's segments where it is set so; none of an unknown kind. Pure. */
export function watchersOf(monitor: MonitorRow, segments: readonly string[]): Watcher[] {
  const watcher = watcherOf(monitor);
  if (watcher === undefined) return [];
  if (watcher.options.by !== 'segment') return [watcher];
  return segments.map((segment) => ({ ...watcher, segment, looks: segments.length }));
}

/** Whether a monitor with a series per column has one for this column. */
export function watchesColumn(
  { kind, options }: Pick<Watcher, 'kind' | 'options'>,
  { name, type, watched }: Pick<ProfiledColumn, 'name' | 'type' | 'watched'>,
): boolean {
  if (name.startsWith('_') || watched === 'nothing') return false;
  if (watched === 'presence' && kind.looksAt !== 'presence') return false;
  if (kind.columnType !== undefined && kind.columnType !== type) return false;
  const { columns = 'all' } = options;
  return columns === 'all' || columns.includes(name);
}

/** The segment of monitors that all are of one. */
export const segmentOf = (watchers: readonly Watcher[]) => watchers[0]?.segment ?? '';
