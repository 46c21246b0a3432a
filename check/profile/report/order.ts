import type { ProfileColumn } from '../../../contract/table-profile.ts';
import { plural } from '../../summary.ts';

export type RemarkStatus = 'warning' | 'note' | 'ok';

export const REMARK_WORDS: Record<RemarkStatus, { mark: string; word: string; cls: string }> = {
  warning: { mark: '▲', word: 'warning', cls: 'warn' },
  note: { mark: '○', word: 'note', cls: 'dim' },
  ok: { mark: '●', word: 'ok', cls: 'good' },
};

/** The worst of a column's remarks. */
export function statusOf({ remarks }: Pick<ProfileColumn, 'remarks'>): RemarkStatus {
  return remarks[0]?.severity ?? 'ok';
}

/** `sentences({ remarks: [{ sentence: 'has no value', … }] })` → 'has no value' */
export function sentences({ remarks }: Pick<ProfileColumn, 'remarks'>): string {
  return remarks.map(({ sentence }) => sentence).join('; ');
}

/** One sentence on the whole table. */
export function headline(columns: readonly ProfileColumn[]): string {
  const warned = columns.filter((column) => statusOf(column) === 'warning');
  const named = warned.slice(0, 3).map(({ name }) => name.slice(0, 60));
  return warned.length === 0
    ? 'nothing stands out'
    : `${warned.length} of ${plural(columns.length, 'column')} with warnings: ${named.join(', ')}${warned.length > 3 ? ' …' : ''}`;
}
