import { CategoryColumn } from './category-column.ts';
import { NumberColumn } from './number-column.ts';
import { TextColumn } from './text-column.ts';
import { TimeColumn } from './time-column.ts';

/** Makers of the columns of tables that all models share: few different texts, any text, numbers, moments. */
export const category = () => new CategoryColumn('');
export const text = () => new TextColumn();
export const number = () => new NumberColumn();
export const time = () => new TimeColumn();
