import { parse } from 'yaml';
import type { ColumnType } from '../../contract/model.ts';

/** The columns of a signature, or why there are none; `left`: inputs that are no column here, each with why. */
export interface Signature {
  readonly columns: Readonly<Record<string, ColumnType>>;
  readonly left: readonly string[];
  readonly none: string | null;
}

/** MLflow's types of columns, as the columns here. */
const TYPES: Readonly<Record<string, ColumnType>> = {
  boolean: 'boolean',
  integer: 'numeric',
  long: 'numeric',
  float: 'numeric',
  double: 'numeric',
  string: 'categorical',
  datetime: 'time',
};

const nothing = (none: string): Signature => ({ columns: {}, left: [], none });

/**
 * The columns that the file MLmodel of a logged model says it is asked with. Total: a file without a signature, or with one of tensors, has none
 * and says why.
 * @example signatureOf('signature: {inputs: \'[{"name": "age", "type": "long"}]\'}').columns // { age: 'numeric' }
 */
export function signatureOf(mlmodel: string): Signature {
  let inputs: unknown;
  try {
    const { signature } = (parse(mlmodel, { maxAliasCount: 0 }) ?? {}) as {
      signature?: { inputs?: unknown };
    };
    if (signature == null) return nothing('its model was logged without a signature');
    const text = signature.inputs ?? null;
    inputs = typeof text === 'string' ? (JSON.parse(text) as unknown) : text;
  } catch {
    return nothing('its file MLmodel cannot be read');
  }
  if (inputs === null) return nothing('its signature says nothing of inputs');
  if (!Array.isArray(inputs)) return nothing('its file MLmodel cannot be read');
  return ofInputs(inputs as Input[]);
}

type Input = { readonly name?: unknown; readonly type?: unknown } | null;

function ofInputs(inputs: readonly Input[]): Signature {
  const columns: Record<string, ColumnType> = {};
  const left: string[] = [];
  for (const input of inputs) {
    const type = TYPES[String(input?.type)];
    if (typeof input?.name === 'string' && type !== undefined) columns[input.name] = type;
    else
      left.push(
        `${typeof input?.name === 'string' ? input.name : 'an input without a name'} (${input?.type})`,
      );
  }
  if (Object.keys(columns).length > 0) return { columns, left, none: null };
  if (inputs.some((input) => input?.type === 'tensor'))
    return nothing('its signature is of tensors, whose positions have no names');
  return { columns, left, none: 'its signature names no columns' };
}
