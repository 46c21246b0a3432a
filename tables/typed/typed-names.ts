import { TiltmeterError } from '../../contract/errors.ts';
import type { Engine } from '../engine/engine.ts';
import { reading } from '../engine/reading.ts';
import { literal } from '../engine/sql.ts';
import { storedAs } from './stored-as.ts';

/** A column's name and the engine's type of it. */
export type TypedName = readonly [name: string, type: string];

/** The columns of one table of typed files. */
export interface FileTypes {
  readonly types: readonly TypedName[];
  readonly notes: readonly string[];
  /** What a statement that reads them must end with. */
  readonly settings: string;
  /** The first file's own types are the table's: they need not be said. */
  readonly asFound: boolean;
}

/** Columns of a type that the engine does not know (of nothing but null, in Arrow) are passed over. */
const PASS_OVER =
  'SETTINGS input_format_arrow_skip_columns_with_unsupported_types_in_schema_inference=1, input_format_parquet_skip_columns_with_unsupported_types_in_schema_inference=1';

/**
 * Names and types of the columns, the same in all files. Whole numbers in one file and fractions in another are fractions
 * (pandas stores whole numbers with gaps as floats); without that, the engine would read what does not fit as missing.
 * @param paths where the engine finds the files, in their order.
 * @throws unreadable_table when a file has other columns, or other types.
 */
export async function typesOfFiles(
  engine: Engine,
  files: readonly string[],
  paths: readonly string[],
  format: string,
): Promise<FileTypes> {
  const first = await describe(engine, files[0]!, paths[0]!, format);
  let { types } = first;
  for (const [i, file] of files.entries()) {
    if (i === 0) continue;
    const other = await describe(engine, file, paths[i]!, format);
    types = agreed(types, other.types, files[0]!, file);
  }
  return { ...first, types, asFound: types === first.types };
}

type Described = Omit<FileTypes, 'asFound'>;

async function describe(engine: Engine, file: string, path: string, format: string): Promise<Described> {
  const ask = (settings: string) =>
    reading({ label: file }, () =>
      engine.rows<[string, string]>(`DESCRIBE TABLE file(${literal(path)}, '${format}') ${settings}`),
    );
  try {
    return { types: named(await ask(''), file), notes: [], settings: '' };
  } catch (error) {
    const types = await ask(PASS_OVER).catch(() => []);
    if (types.length === 0) throw error;
    return {
      types: named(types, file),
      notes: ['has columns of a type that is not read, or of nothing but null; they are left out'],
      settings: PASS_OVER,
    };
  }
}

function named(types: readonly (readonly string[])[], file: string): TypedName[] {
  if (types.length === 0) throw new TiltmeterError('unreadable_table', `${file}: has no columns`);
  return types.map(([name, type]) => [name!, type!]);
}

function agreed(
  types: readonly TypedName[],
  others: readonly TypedName[],
  first: string,
  file: string,
): readonly TypedName[] {
  const fail = (what: string) => new TiltmeterError('unreadable_table', `${file}: ${what} than ${first}`);
  const theirs = new Map(others);
  const ours = new Set(types.map(([name]) => name));
  const lacking = types.filter(([name]) => !theirs.has(name)).map(([name]) => `lacks ${name}`);
  const more = others.filter(([name]) => !ours.has(name)).map(([name]) => `adds ${name}`);
  const different = [...lacking, ...more];
  if (different.length > 0)
    throw fail(`has other columns (${different.slice(0, 4).join(', ')}${different.length > 4 ? ' …' : ''})`);
  if (types.every(([name, type]) => theirs.get(name) === type)) return types;
  return types.map(([name, type]) => {
    const other = theirs.get(name)!;
    const kinds = [storedAs(type), storedAs(other)];
    if (type === other) return [name, type];
    if (kinds.every((kind) => kind === 'integer' || kind === 'number')) return [name, 'Nullable(Float64)'];
    if (kinds.every((kind) => kind === 'text')) return [name, 'Nullable(String)'];
    throw fail(`has another type of ${name}`);
  });
}
