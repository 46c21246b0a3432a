import type { Answered } from '../aside.ts';
import { holdTable } from './held-table.ts';
import { type AskedAside, partsOf } from './hold-aside.ts';

/** Reads a table in a thread of its own and hands it over (hold-aside.ts). */
export async function answer({ files, layout }: AskedAside): Promise<Answered> {
  const held = await holdTable(files, layout);
  return held === null ? [null, []] : partsOf(held);
}
