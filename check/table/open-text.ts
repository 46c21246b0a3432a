import type { Aside } from '../../tables/aside.ts';
import { holdAside } from '../../tables/columns/hold-aside.ts';
import type { Engine } from '../../tables/engine/engine.ts';
import { reading } from '../../tables/engine/reading.ts';
import { literal } from '../../tables/engine/sql.ts';
import type { Workspace } from '../../tables/engine/workspace.ts';
import { HEAD_BYTES } from '../../tables/files/head.ts';
import { BLANKS } from '../../tables/rules/missing.ts';
import { delimitedLayout } from '../../tables/text/delimited-layout.ts';
import type { NumberSpelling } from '../../tables/text/number-spelling.ts';
import { mustAgree } from '../../tables/text/same-layout.ts';
import type { TextShape } from '../../tables/text/text-shape.ts';
import { plainSpellingSql, trimmedSql } from '../value-sql.ts';
import { brokenRow } from './broken-row.ts';
import type { Located } from './located.ts';
import { plainText } from './plain-text.ts';
import { keyOfPlace, PLACE } from './row-key.ts';
import type { SourceColumn, Table } from './table.ts';

/** Columns read in one pass. Text is parsed whole for each, but a statement's own cost grows faster than its columns. */
export function columnsPerTextPass(bytes: number): number {
  return bytes < 20e6 ? 25 : bytes < 500e6 ? 100 : 400;
}

/**
 * A table of delimited text: encoding, delimiter, header and how numbers are spelt are found in the file's beginning. One
 * that is as it should be and not too large is read at once; the engine reads the others.
 * @param thread reads it, beside what is done here.
 */
export async function openText(
  engine: Engine,
  workspace: Workspace,
  side: string,
  located: Located,
  thread: Aside | null = null,
): Promise<Table> {
  const { pattern, files, start, bytes } = located;
  const layout = delimitedLayout(files[0]!, start, start.length < HEAD_BYTES);
  const { encoding, shape, spellings, notes } = layout;
  await mustAgree(files, layout);
  const columns = shape.names.map((name, i) => textColumn(name, `c${i}`));
  const { above, loneReturns, delimiter } = shape;
  const untidy = { encoding, above, loneReturns };
  const requoted = () =>
    plainText(workspace, `${side}_plain`, files, 'csv', { ...untidy, requote: delimiter });
  const given = shape.looseQuotes ? await requoted() : await plainText(workspace, side, files, 'csv', untidy);
  // What was written anew is plain UTF-8 from its header on, and is held like a file that was so.
  const plainly = { encoding: 'utf-8', shape: { ...shape, above: 0, loneReturns: false } } as const;
  const held = await holdAside(given.files, { ...layout, ...plainly }, thread);
  const astray =
    held === null &&
    shape.blanks &&
    !shape.looseQuotes &&
    (await holdsBlankQuotes(engine, given.path, delimiter));
  const plain = astray ? await requoted() : given;
  const structure = columns.map((column) => `${column.raw} Nullable(String)`).join(', ');
  return {
    label: pattern,
    relation: withoutBlankLines(
      `file(${literal(plain.path)}, 'CSV', ${literal(structure)})`,
      columns,
      spellings,
    ),
    settings: settingsOf(shape),
    text: {
      lines: `file(${literal(plain.path)}, 'LineAsString', 'line String')`,
      bytes,
      brokenRow: (strict) => brokenRow(plain.files, shape.delimiter, strict),
    },
    columns,
    ...(held === null ? {} : { held }),
    roughRows: bytes / shape.rowBytes,
    ...keyOfPlace(columns, plain.files),
    columnsPerPass: columnsPerTextPass(bytes),
    notes,
  };
}

/** Whether a blank may stand between a quote and a delimiter: the engine then takes neither quote for one. */
async function holdsBlankQuotes(engine: Engine, path: string, delimiter: string): Promise<boolean> {
  const blanks = [...BLANKS].filter((blank) => blank !== delimiter);
  const pairs = blanks.flatMap((blank) => [`${blank}"`, `"${blank}`]).map(literal);
  const [cut, blank] = [delimiter === '|' ? '\\|' : delimiter, `[${blanks.join('')}]+`];
  const beside = literal(`(^|${cut})${blank}"|"${blank}(${cut}|$)`);
  const sql = `SELECT 1 FROM file(${literal(path)}, 'LineAsString', 'line String') WHERE multiSearchAny(line, [${pairs.join(', ')}]) AND match(line, ${beside}) LIMIT 1`;
  return (await reading({ label: path }, () => engine.rows(sql))).length > 0;
}

/** Blanks are cut off by `trimmedSql`: the engine's own trimming breaks texts that end with a blank and stand above an empty field. */
function settingsOf({ delimiter, header }: TextShape): string {
  const tab = delimiter === '\t' ? 1 : 0;
  return `SETTINGS format_csv_delimiter=${literal(delimiter)}, input_format_csv_skip_first_lines=${header ? 1 : 0},
    input_format_csv_allow_variable_number_of_columns=1, input_format_csv_use_best_effort_in_schema_inference=0,
    input_format_csv_trim_whitespaces=0, input_format_csv_allow_whitespace_or_tab_as_delimiter=${tab},
    input_format_csv_skip_trailing_empty_lines=1, input_format_csv_empty_as_default=0`;
}

/**
 * The rows of a file without its blank lines, where numbers are spelt plainly. A blank line is a row of blanks whose other
 * fields are absent, which NULL tells from empty ones; in a table of one column it is a missing value.
 */
function withoutBlankLines(
  file: string,
  columns: readonly SourceColumn[],
  spellings: ReadonlyMap<number, NumberSpelling>,
): string {
  const replaced = [...spellings].map(([i, spelling]) => `${plainSpellingSql(`c${i}`, spelling)} AS c${i}`);
  const replace = replaced.length > 0 ? ` REPLACE (${replaced.join(', ')})` : '';
  const read = `SELECT *${replace}, ${PLACE.join(', ')} FROM ${file}`;
  if (columns.length === 1) return `(${read})`;
  const absent = [1, columns.length - 1].map((i) => `isNull(c${i})`).join(' AND ');
  return `(${read} WHERE NOT (${absent} AND empty(${trimmedSql("ifNull(c0, '')")})))`;
}

/** A column that is text in the file, whatever it means. */
export function textColumn(name: string, raw: string): SourceColumn {
  return { name, raw, sql: trimmedSql(raw), trimmed: true, stored: 'text' };
}
