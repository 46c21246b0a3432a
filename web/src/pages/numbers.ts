import type { Column } from '../../../contract/model.ts';

/** Whether the values of a column are counted as numbers: codes that stand for categories are not, however they are stored. */
export function isNumbers({ type, stored_as }: Pick<Column, 'type' | 'stored_as'>): boolean {
  return stored_as === 'number' && type !== 'categorical';
}
