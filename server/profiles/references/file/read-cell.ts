import { cellFor, type Representation } from '../../../../tables/rules/cell.ts';
import type { SchemaColumn } from '../../../models/columns/schema.ts';
import { MISFIT } from '../../compute.ts';
import type { NumberCell, TextCell } from './cells.ts';

/** How one column of a file becomes the cells of a column of the model. */
export interface ReadCell {
  readonly number: (cell: unknown) => NumberCell;
  readonly text: (cell: unknown, schema: SchemaColumn) => TextCell;
}

/** A column of a table: read by the rules of tables, as an import of the same file sends it. */
export function tableCell(own: Representation): ReadCell {
  return {
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
