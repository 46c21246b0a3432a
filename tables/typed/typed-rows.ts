import { statSync } from 'node:fs';
import { join } from 'node:path';
import { Engine } from '../engine/engine.ts';
import { reading } from '../engine/reading.ts';
import { literal } from '../engine/sql.ts';
import { linkNames, openWorkspace, patternOf } from '../engine/workspace.ts';
import { identifier } from '../identifier.ts';
import type { RowTable } from '../open-rows.ts';
import type { TableRow } from '../table-row.ts';
import { ENGINE_FORMAT, isDecimal, isString, storedAs, type TypedFormat } from './stored-as.ts';
import { type TypedName, typesOfFiles } from './typed-names.ts';

/** Memory of the engine, which reads block by block. */
const ENGINE_MEMORY = 700 * 1024 * 1024;
/** Cells that are read at once: a block is a text of its own, and its rows are held until the last of them is taken. */
const BLOCK_CELLS = 1_000_000;
const MOST_ROWS = 16_384;
/** Numbers keep every digit, times are UTC, and rows their order. */
const AS_ROWS =
  "output_format_json_quote_64bit_integers=1, output_format_json_quote_denormals=1, date_time_output_format='iso', max_threads=1";

/**
 * Files of Parquet or Arrow as rows, through the column engine. Numbers, text and truths are what they are; times are text
 * in UTC, and lists and structures one text each.
 * @throws unreadable_table with the file and the reason.
 */
export async function openTypedRows(
  files: readonly string[],
  format: TypedFormat,
  scratch?: string,
): Promise<RowTable> {
  const workspace = openWorkspace(scratch);
  const engine = new Engine({ threads: 2, maxMemoryBytes: ENGINE_MEMORY, folder: workspace.folder });
  const close = () => {
    engine.close();
    workspace.dispose();
  };
  try {
    const links = linkNames(workspace, 'rows', files, format);
    const paths = links.map((name) => join(workspace.folder, name));
    const { types, notes, settings, asFound } = await typesOfFiles(
      engine,
      files,
      paths,
      ENGINE_FORMAT[format],
    );
    const structure = asFound
      ? ''
      : `, ${literal(types.map(([name, type]) => `${identifier(name)} ${type}`).join(', '))}`;
    const relation = (path: string) => `file(${literal(path)}, '${ENGINE_FORMAT[format]}'${structure})`;
    const select = `SELECT ${types.map(cellSql).join(', ')}`;
    const atOnce = Math.min(MOST_ROWS, Math.max(1, Math.floor(BLOCK_CELLS / types.length)));
    const inBlocks = `input_format_parquet_max_block_size=${atOnce}, max_block_size=${atOnce}`;
    const ending = `${settings === '' ? 'SETTINGS' : `${settings},`} ${AS_ROWS}, ${inBlocks}`;
    const names = types.map(([name]) => name);
    const sizes = files.map((file) => statSync(file).size);
    return {
      files,
      format,
      bytes: sizes.reduce((sum, size) => sum + size, 0),
      notes,
      stored: new Map(types.map(([name, type]) => [name, storedAs(type)])),
      unread: [],
      async *rows(passed = () => {}) {
        let before = 0;
        for (const [i, file] of files.entries()) {
          const from = relation(paths[i]!);
          const [total] = await reading({ label: file }, () =>
            engine.rows<[number]>(`SELECT count() FROM ${from} ${settings}`),
          );
          const share = sizes[i]! / Math.max(1, Number(total![0]));
          let rows = 0;
          for await (const block of told(file, engine.stream(`${select} FROM ${from} ${ending}`))) {
            for (const row of block)
              yield Object.fromEntries(names.map((name, at) => [name, row[at]])) as TableRow;
            rows += block.length;
            passed(before + Math.round(rows * share));
          }
          before += sizes[i]!;
          passed(before);
        }
      },
      async asOne(path) {
        const all = relation(patternOf(workspace, links));
        await reading({ label: files[0]! }, () =>
          engine.rows(
            `INSERT INTO FUNCTION file(${literal(path)}, 'Parquet') SELECT * FROM ${all} ${settings}`,
          ),
        );
      },
      close,
    };
  } catch (error) {
    close();
    throw error;
  }
}

/** What the engine cannot read is told with the file's name. */
async function* told<Block>(file: string, blocks: AsyncGenerator<Block>): AsyncGenerator<Block> {
  try {
    for (;;) {
      const { done, value } = await reading({ label: file }, () => blocks.next());
      if (done) return;
      yield value;
    }
  } finally {
    await blocks.return(undefined);
  }
}

/** A column as a cell of JSON. */
function cellSql([name, type]: TypedName): string {
  const raw = identifier(name);
  switch (storedAs(type)) {
    case 'text':
      return isString(type) ? raw : `toString(${raw})`;
    case 'number':
      // Single precision as the double that it is: what a service sends of it.
      return isDecimal(type) || /Float32|BFloat/.test(type) ? `toFloat64(${raw})` : raw;
    case 'other':
      return `toString(${raw})`;
    default:
      return raw;
  }
}
