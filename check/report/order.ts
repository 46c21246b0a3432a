import type { CheckColumn, CheckReport, ColumnStatus } from '../../contract/check.ts';

export const STATUS_WORDS: Record<ColumnStatus, { mark: string; word: string }> = {
  quality: { mark: '■', word: 'quality' },
  drift: { mark: '▲', word: 'drift' },
  shift: { mark: '△', word: 'moved, small' },
  ok: { mark: '●', word: 'ok' },
  not_enough_data: { mark: '◌', word: 'not enough data' },
  skipped: { mark: '○', word: 'skipped' },
};

/** Colours by status, of the pages. */
export const STATUS_CLASSES: Record<ColumnStatus, string> = {
  quality: 'bad',
  drift: 'warn',
  shift: 'note',
  ok: 'good',
  not_enough_data: 'dim',
  skipped: 'dim',
};

/** What hurts first; skipped columns last. */
export function byRank(report: CheckReport): CheckColumn[] {
  const last = (column: CheckColumn) =>
    column.status === 'skipped' ? 2 : column.status === 'not_enough_data' ? 1 : 0;
  return [...report.columns].sort((a, b) => last(a) - last(b) || a.rank - b.rank);
}

/** Whether the column speaks against the current table. */
export function failed({ status }: Pick<CheckColumn, 'status'>): boolean {
  return status === 'drift' || status === 'quality';
}

/** Whether the column is told of: it fails, or moved a little. */
export function told({ status }: Pick<CheckColumn, 'status'>): boolean {
  return failed({ status }) || status === 'shift';
}

/** What is wrong with the tables' columns as a whole, a sentence each. */
export function schemaSentences({ schema }: CheckReport): string[] {
  return [
    ...schema.removed.map((name) => `column "${name}" is gone`),
    ...schema.retyped.map(
      ({ name, reference, current }) => `column "${name}" was ${reference} and is ${current}`,
    ),
    ...schema.added.map((name) => `column "${name}" is new`),
  ];
}
