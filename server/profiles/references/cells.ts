import type { SchemaColumn } from '../../models/columns/schema.ts';
import { typeOf } from '../../models/columns/schema.ts';
import { MISFIT } from '../compute.ts';
import type { FileCell } from './file-rows.ts';

type Type = SchemaColumn['type'];

/** What tables write where a number is missing; the empty text is missing everywhere. */
const MISSING = new Set(['', 'na', 'n/a', 'nan', 'null', 'none', '?']);

/**
 * Type of a column that the model does not have yet. Typed cells: that of the first value, as at the way in. Text:
 * numeric when every cell that is not missing is a number, boolean when all are true or false. Null without any value.
 */
export function inferType(cells: readonly FileCell[], text: boolean): Type | null {
  const values = cells.filter((cell) => cell !== null && cell !== undefined);
  if (!text) return values.length === 0 ? null : typeOf(values[0] as number | string | boolean);
  const texts = (values as string[]).filter((cell) => !missingText(cell));
  if (texts.length === 0) return null;
  if (texts.every((cell) => Number.isFinite(numberOf(cell)))) return 'numeric';
  return texts.every((cell) => /^(true|false)$/i.test(cell)) ? 'boolean' : 'categorical';
}

/** A numeric column's cells: numbers, null where missing, MISFIT where something else stands. */
export function numericCells(cells: readonly FileCell[], text: boolean): (number | null | typeof MISFIT)[] {
  return cells.map((cell) => {
    if (cell === null || cell === undefined) return null;
    if (typeof cell === 'number') return Number.isFinite(cell) ? cell : MISFIT;
    if (!text || typeof cell !== 'string') return MISFIT;
    if (missingText(cell)) return null;
    const number = numberOf(cell);
    return Number.isFinite(number) ? number : MISFIT;
  });
}

/** A categorical or boolean column's cells as the way in stores them. */
export function textCells(
  cells: readonly FileCell[],
  text: boolean,
  { type, declared }: SchemaColumn,
): (string | null | typeof MISFIT)[] {
  return cells.map((cell) => {
    if (cell === null || cell === undefined || (text && cell === '')) return null;
    if (text && type !== 'boolean') return String(cell);
    const own = type === 'boolean' ? 'boolean' : 'string';
    const value = text ? String(cell).toLowerCase() : cell;
    if (!text && typeof value !== own && !declared) return MISFIT;
    const written = typeof value === 'object' ? JSON.stringify(value) : String(value);
    return type === 'boolean' && written !== 'true' && written !== 'false' ? MISFIT : written;
  });
}

function missingText(cell: string): boolean {
  return MISSING.has(cell.trim().toLowerCase());
}

function numberOf(cell: string): number {
  const trimmed = cell.trim();
  return trimmed === '' ? Number.NaN : Number(trimmed);
}
