import { StageRecord } from '../../../contract/stage.ts';
import { maskLine } from '../../../stats/logs/mask.ts';
import { keptByMonth } from '../../store/kept.ts';
import { Batch } from '../columns/batch.ts';
import { category, number, text, time } from '../columns/common.ts';
import { map } from '../columns/map-column.ts';
import type { SharedKind } from './kind.ts';

/** What a part of a pipeline says of itself. */
export const stages: SharedKind<StageRecord> = {
  id: 'stages',
  summary: 'Store what the stages of a pipeline say of themselves: log lines, and steps that are done',
  table: 'stages',
  schema: StageRecord,
  batch: () => new Batch('tiltmeter.stages', { idColumn: 'event_id', stampColumn: 'received_at' }),
  add(batch, record, stamp) {
    const at = batch.rows;
    batch.addId(stamp.id);
    batch.column('event_id', text).set(at, stamp.id);
    batch.column('model', category).set(at, record.model);
    batch.column('stage', category).set(at, record.stage);
    batch.column('time', time).set(at, stamp.time);
    batch.column('level', category).set(at, record.level);
    if (record.message) {
      batch.column('message', text).set(at, record.message);
      batch.column('pattern', text).set(at, maskLine(record.message));
    }
    if (record.version) batch.column('version', category).set(at, record.version);
    if (record.request_id) batch.column('request_id', text).set(at, record.request_id);
    if (record.trace_id) batch.column('trace_id', text).set(at, record.trace_id);
    if (record.duration_ms !== undefined) batch.column('duration_ms', number).set(at, record.duration_ms);
    if (record.rows !== undefined) batch.column('worked_rows', number).set(at, record.rows);
    if (record.attributes)
      batch
        .column('attributes', map)
        .set(
          at,
          new Map(
            Object.entries(record.attributes).map(([key, value]) => [
              key.toWellFormed(),
              String(value).toWellFormed(),
            ]),
          ),
        );
  },
  kept: keptByMonth({ name: 'stages', title: 'Records of pipeline stages', days: 90, least: 7 }),
};
