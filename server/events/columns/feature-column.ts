import { PREDICTION, type SchemaColumn } from '../../models/columns/schema.ts';
import { CategoryColumn } from './category-column.ts';
import { NumberColumn } from './number-column.ts';

type Value = number | string | boolean;

/** Where the values of one feature go. `set` says whether the value fitted; what does not fit is a misfit. */
export interface FeatureColumn {
  readonly name: string;
  readonly column: NumberColumn | CategoryColumn;
  set(row: number, value: Value): boolean;
}

export function featureColumn(name: string, schema: SchemaColumn): FeatureColumn {
  return schema.type === 'numeric' ? numeric(name) : category(name, schema);
}

function numeric(name: string): FeatureColumn {
  const column = new NumberColumn();
  return {
    name,
    column,
    set(row, value) {
      const number = name === PREDICTION ? classNumber(value) : value;
      if (typeof number !== 'number') return false;
      column.set(row, number);
      return true;
    },
  };
}

function category(name: string, { type, declared }: SchemaColumn): FeatureColumn {
  const column = new CategoryColumn();
  const own = type === 'boolean' ? 'boolean' : 'string';
  return {
    name,
    column,
    set(row, value) {
      if (typeof value !== own && !declared && !(name === PREDICTION && typeof value === 'number'))
        return false;
      const text = String(value);
      if (type === 'boolean' && text !== 'true' && text !== 'false') return false;
      column.set(row, text);
      return true;
    },
  };
}

/** A class that is a number is the same class as its text: a table has `1` where a service answers `"1"`. What spells no number stays what it is. */
function classNumber(value: Value): Value {
  if (typeof value !== 'string' || value.trim() === '') return value;
  const number = Number(value);
  return Number.isFinite(number) ? number : value;
}
