import { invalid, isObject } from './half.ts';

export type Scalar = number | string | boolean | null;

/** Values of one position over all rows of a request. */
export interface PayloadColumn {
  readonly name: string;
  /** It stands for a place in a tensor, and has no name of its own. */
  readonly positional: boolean;
  readonly values: readonly Scalar[];
}

/** Values that all rows of a request may have: a name that a single row has is a value of each. */
const MOST_VALUES = 500_000;
/** How deep the lists of a tensor may lie within each other. */
const MOST_DEPTH = 16;
/** Values that one row may have. */
const MOST_COLUMNS = 1000;
/** And rows that one request may have. */
export const MOST_ROWS = 10_000;

/** A table of what a model was asked, or answered: rows of the same length. */
export interface Table {
  readonly rows: number;
  readonly columns: readonly PayloadColumn[];
}

/**
 * The tensors of the Open Inference Protocol (V2) as columns: the first dimension is of rows, what lies behind it is laid out in the order of its
 * places. `tensorTable([{ name: 'x', shape: [1, 2], data: [3, 4] }])` → columns x_0: [3], x_1: [4]. Errors: invalid_payload.
 */
export function tensorTable(tensors: unknown): Table {
  if (!Array.isArray(tensors) || tensors.length === 0) throw invalid('there are no tensors');
  const all = tensors.map(tensorColumns);
  const rows = all[0]!.rows;
  if (all.some((each) => each.rows !== rows)) throw invalid('tensors have different numbers of rows');
  return bounded({ rows, columns: all.flatMap(({ columns }) => columns) });
}

function tensorColumns(tensor: unknown): Table {
  if (!isObject(tensor)) throw invalid('a tensor is not an object');
  const { name, shape, data } = tensor;
  const called = typeof name === 'string' && name !== '' ? name : 'input';
  if (!Array.isArray(shape) || !shape.every((size) => Number.isInteger(size) && size >= 0))
    throw invalid(`the tensor ${called.slice(0, 80)} has no shape`);
  if (!Array.isArray(data))
    throw invalid(`the tensor ${called.slice(0, 80)} has no data as JSON: tensors in binary are not read`);
  const flat = data.flat(MOST_DEPTH) as unknown[];
  const rows = (shape[0] as number | undefined) ?? 1;
  const width = shape.slice(1).reduce((product: number, size: number) => product * size, 1);
  if (rows * width !== flat.length)
    throw invalid(
      `the tensor ${called.slice(0, 80)} has ${flat.length} values; its shape [${shape.slice(0, 10).join(', ')}] takes ${rows * width}`,
    );
  if (width > MOST_COLUMNS || rows > MOST_ROWS || rows * width > MOST_VALUES) throw tooWide(rows, width);
  const columns = Array.from({ length: width }, (_, i) => ({
    name: width === 1 ? called : `${called}_${i}`,
    positional: true,
    values: Array.from({ length: rows }, (_, row) => scalar(flat[row * width + i])),
  }));
  return { rows, columns };
}

/**
 * The instances of the V1 protocol as columns: lists by their places, objects by their names, what lies deeper by names joined with a dot and places with
 * `_`; a value alone is called `base`. Errors: invalid_payload.
 */
export function instanceTable(instances: unknown, base: string): Table {
  if (!Array.isArray(instances)) throw invalid(`${base}s are not a list`);
  if (instances.length > MOST_ROWS) throw tooWide(instances.length, 1);
  const columns = new Map<string, { positional: boolean; values: Scalar[] }>();
  for (const [row, instance] of instances.entries())
    for (const [name, positional, value] of leaves(instance, '', isPlaces(instance), base)) {
      const column = columns.get(name) ?? { positional, values: [] };
      if (
        !columns.has(name) &&
        (columns.size >= MOST_COLUMNS || (columns.size + 1) * instances.length > MOST_VALUES)
      )
        throw tooWide(instances.length, columns.size + 1);
      columns.set(name, column);
      column.values[row] = value;
    }
  const rows = instances.length;
  return {
    rows,
    columns: [...columns].map(([name, { positional, values }]) => ({
      ...{ name, positional },
      values: Array.from({ length: rows }, (_, row) => values[row] ?? null),
    })),
  };
}

/** A list, or one that alone lies in an object: `{"features": [1, 2]}`. */
function isPlaces(instance: unknown): boolean {
  if (!isObject(instance)) return true;
  const own = Object.values(instance);
  return own.length === 1 && Array.isArray(own[0]);
}

function* leaves(
  value: unknown,
  name: string,
  positional: boolean,
  base: string,
  depth = 0,
): Generator<readonly [name: string, positional: boolean, value: Scalar]> {
  if (depth > 8) throw invalid('an instance is nested deeper than eight levels');
  if (Array.isArray(value))
    for (const [i, each] of value.entries())
      yield* leaves(each, `${name === '' ? base : name}_${i}`, positional, base, depth + 1);
  else if (isObject(value))
    for (const [key, each] of Object.entries(value))
      yield* leaves(each, name === '' ? key : `${name}.${key}`, positional && depth === 0, base, depth + 1);
  else yield [name === '' ? base : name, positional, scalar(value)];
}

function bounded(table: Table): Table {
  const { rows, columns } = table;
  if (columns.length > MOST_COLUMNS || rows * columns.length > MOST_VALUES)
    throw tooWide(rows, columns.length);
  return table;
}

const tooWide = (rows: number, columns: number) =>
  invalid(
    `there are ${rows} rows of ${columns} values; at most ${MOST_ROWS} rows are taken, of ${MOST_COLUMNS} values, and ${MOST_VALUES} values in all`,
  );

/** Errors: invalid_payload. */
function scalar(value: unknown): Scalar {
  if (value === undefined) return null;
  if (value === null || typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean')
    return value;
  throw invalid('a tensor holds something that is neither a number, a text nor true or false');
}
