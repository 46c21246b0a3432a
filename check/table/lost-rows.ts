import { TiltmeterError } from '../../contract/errors.ts';
import type { Engine } from '../../tables/engine/engine.ts';
import { reading } from '../../tables/engine/reading.ts';
import type { Table } from './table.ts';

/** Files up to this size are always looked through for a quote too many; it takes a tenth of reading them. */
const ALWAYS_BYTES = 50e6;
/** Larger ones when they have less than this share of the rows that their size lets expect. */
const EXPECTED = 0.95;

/**
 * Makes sure that no quote opened in a delimited text and swallowed the rows behind it: quotes come in pairs.
 * @param rows how many rows were read.
 * @throws unreadable_table with the line in which the quote opens.
 */
export async function mustHaveAllRows(engine: Engine, table: Table, rows: number): Promise<void> {
  const { text, roughRows, held } = table;
  // What is held was read strictly.
  if (!text || held || (text.bytes > ALWAYS_BYTES && rows > EXPECTED * roughRows)) return;
  const sql = `SELECT sum(countSubstrings(line, '"')) % 2 FROM ${text.lines}`;
  const [odd] = await reading(table, () => engine.rows<[number]>(sql));
  const broken = Number(odd![0]) === 1 ? await text.brokenRow(false) : null;
  if (broken !== null) throw new TiltmeterError('unreadable_table', `${table.label}: ${broken}`);
}
