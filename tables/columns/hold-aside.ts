import type { Aside } from '../aside.ts';
import type { DelimitedLayout } from '../text/delimited-layout.ts';
import type { Cells } from './cells.ts';
import { type HeldTable, holdTable } from './held-table.ts';
import { type ColumnParts, TextColumn } from './text-column.ts';

const ANSWERS = new URL('./answer-held.ts', import.meta.url);

/** What the thread is asked for. */
export interface AskedAside {
  readonly files: readonly string[];
  readonly layout: DelimitedLayout;
}

/** A held table on its way from one thread to another; its memory goes along and is not copied. */
export interface HeldParts {
  readonly rows: number;
  readonly cells: Omit<Cells, 'bytes'> & { readonly bytes: Uint8Array };
  readonly columns: readonly (readonly [name: string, parts: ColumnParts])[];
}

/** As `holdTable`, in the thread if there is one, so that two tables are read at once. */
export async function holdAside(
  files: readonly string[],
  layout: DelimitedLayout,
  thread: Aside | null,
): Promise<HeldTable | null> {
  if (thread === null) return holdTable(files, layout);
  const parts = await thread.answer<HeldParts | null>(ANSWERS, { files, layout } satisfies AskedAside);
  return parts && tableOf(parts);
}

/** A held table in parts, and the memory that goes along. */
export function partsOf({ rows, cells, columns }: HeldTable): readonly [HeldParts, ArrayBuffer[]] {
  const all = [...columns].map(([name, column]) => [name, column.parts()] as const);
  const arrays = [cells.bytes, cells.rowStarts, ...all.flatMap(([, { numbers, sorted, codes }]) => [numbers, sorted, codes].filter((array) => array !== null))]; // biome-ignore format: one list
  return [{ rows, cells, columns: all }, arrays.map(({ buffer }) => buffer as ArrayBuffer)];
}

function tableOf({ rows, cells: { bytes, ...rest }, columns }: HeldParts): HeldTable {
  const cells: Cells = { ...rest, bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength) };
  return {
    rows,
    cells,
    columns: new Map(columns.map(([name, parts]) => [name, new TextColumn(cells, parts)])),
  };
}
