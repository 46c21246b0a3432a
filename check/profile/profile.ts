import { TiltmeterError } from '../../contract/errors.ts';
import type { TableProfile } from '../../contract/table-profile.ts';
import type { Engine } from '../../tables/engine/engine.ts';
import type { Workspace } from '../../tables/engine/workspace.ts';
import { countRows } from '../count.ts';
import { countReference } from '../measure.ts';
import type { Progress } from '../options.ts';
import { planColumn } from '../plan.ts';
import { survey } from '../survey.ts';
import { openTable } from '../table/open.ts';
import { describeColumn } from './column.ts';
import { timeRanges } from './times.ts';

/**
 * Says what is in one table: every column's type, figures and what to know before using it. All rows are counted.
 * Everything that has an effect is an argument: engine, workspace, clock, progress.
 * @throws unreadable_table when nothing can be said.
 */
export async function profileTable(
  engine: Engine,
  workspace: Workspace,
  file: string,
  clock: () => number,
  progress: Progress,
): Promise<TableProfile> {
  const started = clock();
  progress('opening', 0);
  const table = await openTable(engine, workspace, 'current', file);
  progress('surveying', 0.1);
  const surveyed = await survey(engine, table, table.columns, 'spread');
  const planned = table.columns.map(({ name }) => planColumn(surveyed.get(name)!));
  progress('counting', 0.4);
  const counted = await countReference(engine, table, planned);
  const rows = counted.values().next().value?.n ?? (await countRows(engine, table));
  if (rows === 0) throw new TiltmeterError('unreadable_table', `${table.label}: has a header but no rows`);
  const times = new Set(planned.filter(({ skip }) => skip === 'time').map(({ name }) => name));
  const ranges = await timeRanges(
    engine,
    table,
    table.columns.filter(({ name }) => times.has(name)),
  );
  return {
    source: file,
    rows,
    columns: planned.map((column) =>
      describeColumn(column, counted.get(column.name)!, ranges.get(column.name) ?? null),
    ),
    notes: [...table.notes],
    duration_ms: Math.round(clock() - started),
  };
}
