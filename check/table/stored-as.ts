import type { SourceColumn } from './table.ts';

/** How a column of the engine's type is stored. `storedAs('Nullable(Decimal(12, 2))')` → 'number' */
export function storedAs(type: string): SourceColumn['stored'] {
  const inner = type.replace(/^(LowCardinality|Nullable)\((.*)\)$/, '$2').replace(/^Nullable\((.*)\)$/, '$1');
  if (/^U?Int/.test(inner)) return 'integer';
  if (/^(Float|BFloat|Decimal)/.test(inner)) return 'number';
  if (inner === 'Bool') return 'boolean';
  if (/^(Date|Time)/.test(inner)) return 'time';
  if (/^(String|FixedString|Enum|UUID|IPv)/.test(inner)) return 'text';
  return 'other';
}
