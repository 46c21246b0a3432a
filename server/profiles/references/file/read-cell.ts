import type { PrivacyRule } from '../../../../contract/privacy.ts';
import { cellFor, cellOf, type Representation, type Value } from '../../../../tables/rules/cell.ts';
import type { SchemaColumn } from '../../../models/columns/schema.ts';
import type { Protection } from '../../../models/privacy/protect.ts';
import { MISFIT } from '../../compute.ts';
import type { NumberCell, TextCell } from './cells.ts';

/** How one column of a file becomes the cells of a column of the model. */
export interface ReadCell {
  /** What a service would send of it; null is missing. */
  readonly sent: (cell: unknown) => Value;
  readonly number: (cell: unknown) => NumberCell;
  readonly text: (cell: unknown, schema: SchemaColumn) => TextCell;
}

/** A column of a table: read by the rules of tables, as an import of the same file sends it. */
export function tableCell(own: Representation): ReadCell {
  return {
    sent: (cell) => cellOf(cell, own),
    number: (cell) => {
      const value = cellFor(cell, own, 'number');
      return value === null || typeof value === 'number' ? value : MISFIT;
    },
    text: (cell, { type }) => {
      const value = cellFor(cell, own, type === 'boolean' ? 'boolean' : 'text');
      if (value === null) return null;
      return type === 'boolean' && typeof value !== 'boolean' ? MISFIT : String(value);
    },
  };
}

/** A feature or an output of events: taken as the way in takes it. */
export const SENT_CELL: ReadCell = {
  sent: (cell) =>
    typeof cell === 'number' || typeof cell === 'string' || typeof cell === 'boolean' ? cell : null,
  number: (cell) => {
    if (cell === null || cell === undefined) return null;
    return typeof cell === 'number' && Number.isFinite(cell) ? cell : MISFIT;
  },
  text: (cell, { type, declared }) => {
    if (cell === null || cell === undefined) return null;
    const own = type === 'boolean' ? 'boolean' : 'string';
    if (typeof cell !== own && !declared) return MISFIT;
    const written = typeof cell === 'object' ? JSON.stringify(cell) : String(cell);
    return type === 'boolean' && written !== 'true' && written !== 'false' ? MISFIT : written;
  },
};

/** A column whose values are protected: read as it is sent, and kept as the way in keeps it, so that both can be compared. */
export function protectedCell(
  read: ReadCell,
  rule: PrivacyRule,
  protection: Pick<Protection, 'value'>,
): ReadCell {
  const sent = (cell: unknown): Value => {
    const value = read.sent(cell);
    return value === null ? null : (protection.value(rule, value) ?? null);
  };
  return {
    sent,
    number: (cell) => {
      const value = sent(cell);
      return value === null || typeof value === 'number' ? value : MISFIT;
    },
    text: (cell, { type }) => {
      const value = sent(cell);
      if (value === null) return null;
      return type === 'boolean' ? MISFIT : String(value);
    },
  };
}
