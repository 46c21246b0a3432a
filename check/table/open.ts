import { statSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { TiltmeterError } from '../../contract/errors.ts';
import type { Aside } from '../../tables/aside.ts';
import type { HeldTable } from '../../tables/columns/held-table.ts';
import type { Engine } from '../../tables/engine/engine.ts';
import type { Workspace } from '../../tables/engine/workspace.ts';
import { compressionOf } from '../../tables/files/compression.ts';
import { formatOf } from '../../tables/files/format.ts';
import { HEAD_BYTES, head } from '../../tables/files/head.ts';
import { locate } from '../../tables/files/locate.ts';
import { mustBeOfFormat } from '../../tables/files/same-format.ts';
import { openJson } from './open-json.ts';
import { openText } from './open-text.ts';
import { openTyped } from './open-typed.ts';
import type { Table } from './table.ts';

/** How much larger text is than its compressed file, roughly. */
const COMPRESSION = 6;

/** What is asked of every column later, while the thread is still at work. */
function lookAhead({ columns }: HeldTable): void {
  for (const column of columns.values()) column.lookAhead();
}

/** Opens both tables of a comparison; the reference is read in the thread, if there is one, while the current one is read here. The reference's trouble is told first. */
export async function openBoth(
  engine: Engine,
  workspace: Workspace,
  sides: Readonly<Record<'reference' | 'current', string>>,
  thread: Aside | null,
): Promise<readonly [reference: Table, current: Table]> {
  const reference = openTable(engine, workspace, 'reference', sides.reference, thread);
  // It is awaited below.
  reference.catch(() => undefined);
  // Reading leaves no time for asking.
  await setImmediate();
  const current = openTable(engine, workspace, 'current', sides.current);
  current.then(({ held }) => thread !== null && held && lookAhead(held)).catch(() => undefined);
  return [await reference, await current];
}

/**
 * Finds out how the files are laid out, without reading more than their beginning.
 * @param side names the table in the workspace: `reference` or `current`.
 * @param thread reads it if it is text that can be held.
 * @throws unreadable_table with the file and the reason.
 */
export async function openTable(
  engine: Engine,
  workspace: Workspace,
  side: string,
  pattern: string,
  thread: Aside | null = null,
): Promise<Table> {
  const files = locate(pattern);
  const first = files[0]!;
  const start = await head(first, HEAD_BYTES);
  if (start.length === 0) throw new TiltmeterError('unreadable_table', `${first}: is empty`);
  const size = files.reduce((sum, file) => sum + statSync(file).size, 0);
  const located = { pattern, files, start, bytes: size * (compressionOf(first) ? COMPRESSION : 1) };
  const format = formatOf(first, start);
  await mustBeOfFormat(files.slice(1), format, first);
  if (format === 'csv') return openText(engine, workspace, side, located, thread);
  if (format === 'jsonl') return openJson(engine, workspace, side, located);
  return openTyped(engine, workspace, side, located, format);
}
