import type { PeerColumnType, PeerFrameColumn, PeerTool } from '../../stats/peers/peer.ts';
import type { Engine } from '../../tables/engine/engine.ts';
import { numberOf } from '../../tables/rules/numbers.ts';
import type { CountPlan } from '../count.ts';
import type { PlannedColumn } from '../plan.ts';
import { type SampledColumn, type SampledRows, sampleRows } from '../rows.ts';
import type { SourceColumn, Table } from '../table/table.ts';

const WHOLE = /^[+-]?\d+$/;
/** Values beyond which it does not matter how numbers are written. */
const FEW = 50;

/**
 * What a tool that guesses types takes each column for, from the rows of the current table as a data frame reads them: whole
 * numbers with a gap among them are floats, and so is what is written as 1.0. Free text is left out: it is compared by length.
 */
export async function guessedKinds(
  engine: Engine,
  table: Table,
  columns: readonly PlannedColumn[],
  { n, columns: rows }: SampledRows,
  guess: NonNullable<PeerTool['guess']>,
): Promise<Map<string, PeerColumnType>> {
  const sources = new Map(table.columns.map((column) => [column.name, column]));
  const wanted = columns.filter(({ name, type }) => type !== 'text' && rows.has(name) && sources.has(name));
  const written = wanted.filter(
    ({ name, type }) => sources.get(name)!.trimmed && (type === 'boolean' || fewWhole(rows.get(name)!)),
  );
  const { columns: texts } = await sampleRows(engine, table, written.map(asWritten), n, 'file');
  return new Map(
    wanted.map(({ name }) => [
      name,
      guess(frameColumn(sources.get(name)!, texts.get(name) ?? rows.get(name)!)),
    ]),
  );
}

/** The plan that reads a column's cells as they are written. */
function asWritten({ plan }: PlannedColumn): CountPlan {
  return { ...plan, type: 'categorical', axis: null, known: null };
}

function fewWhole(rows: SampledColumn): boolean {
  return rows instanceof Float64Array && rows.every(Number.isInteger) && new Set(rows).size <= FEW;
}

function frameColumn({ stored, trimmed }: SourceColumn, rows: SampledColumn): PeerFrameColumn {
  if (rows instanceof Float64Array) {
    const given = rows.filter((x) => !Number.isNaN(x));
    const whole =
      given.length === rows.length && (trimmed ? rows.every(Number.isInteger) : stored === 'integer');
    return { dtype: whole ? 'integer' : 'float', distinct: new Set(given).size };
  }
  const given = rows.filter((text) => text !== null);
  const distinct = new Set(given).size;
  if (stored === 'boolean') return { dtype: 'boolean', distinct };
  const text = trimmed ? given.some((value) => Number.isNaN(numberOf(value))) : stored === 'text';
  if (text || given.length === 0) return { dtype: 'text', distinct };
  const whole = trimmed ? given.every((value) => WHOLE.test(value)) : stored === 'integer';
  return { dtype: whole && given.length === rows.length ? 'integer' : 'float', distinct };
}
