import { type LookedThroughTable, lookThrough } from '../../tables/look-through.ts';
import type { RowTable } from '../../tables/open-rows.ts';
import type { Terminal } from '../terminal.ts';
import { type KeptFile, keptFile } from './kept-file.ts';

interface Kept {
  readonly rows: number;
  readonly columns: readonly (readonly [string, unknown])[];
  readonly sample: LookedThroughTable['sample'];
  readonly unread: number;
}

/** What was seen of the files of an import that is under way: who goes on with it reads them once, not twice. */
export interface Looks {
  through(passed: (bytes: number) => void): Promise<LookedThroughTable>;
  /** The import will begin: what was seen is kept until it is forgotten. */
  keep(looked: LookedThroughTable): void;
  forget(): void;
}

export function looksOf(terminal: Pick<Terminal, 'env'>, table: RowTable): Looks {
  const file: KeptFile<Kept> = keptFile(terminal, table.files, ['look']);
  return {
    async through(passed) {
      const kept = file.read();
      if (kept === undefined) return lookThrough(table, passed);
      const columns = new Map(kept.columns) as LookedThroughTable['survey']['columns'];
      return { survey: { rows: kept.rows, columns }, sample: kept.sample, unread: kept.unread };
    },
    keep: ({ survey, sample, unread }) =>
      file.keep({ rows: survey.rows, columns: [...survey.columns], sample, unread }),
    forget: () => file.forget(),
  };
}
