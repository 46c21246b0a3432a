import type { Stored } from '../rules/facts.ts';

/** How a column of the engine's type is stored. `storedAs('Nullable(Decimal(12, 2))')` → 'number' */
export function storedAs(type: string): Stored {
  const inner = type.replace(/^(LowCardinality|Nullable)\((.*)\)$/, '$2').replace(/^Nullable\((.*)\)$/, '$1');
  if (/^U?Int/.test(inner)) return 'integer';
  if (/^(Float|BFloat|Decimal)/.test(inner)) return 'number';
  if (inner === 'Bool') return 'boolean';
  if (/^(Date|Time)/.test(inner)) return 'time';
  if (/^(String|FixedString|Enum|UUID|IPv)/.test(inner)) return 'text';
  return 'other';
}

/** Whether the engine has a type as a string, so that its functions for text take it. `isString('Enum8(…)')` → false */
export function isString(type: string): boolean {
  return /^((Nullable|LowCardinality)\()*String/.test(type);
}

/** Whether a type is a decimal, which functions for floats do not take. */
export function isDecimal(type: string): boolean {
  return /^((Nullable|LowCardinality)\()*Decimal/.test(type);
}

/** What the engine calls the formats whose columns have types. */
export const ENGINE_FORMAT = { parquet: 'Parquet', arrow: 'Arrow', arrow_stream: 'ArrowStream' } as const;
export type TypedFormat = keyof typeof ENGINE_FORMAT;
