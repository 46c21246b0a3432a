import { statSync } from 'node:fs';
import { TiltmeterError } from '../../contract/errors.ts';
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

/** Opens both tables of a comparison at once, so that the one is read beside the other. The reference's trouble is told first. */
export async function openBoth(
  engine: Engine,
  workspace: Workspace,
  sides: Readonly<Record<'reference' | 'current', string>>,
): Promise<readonly [reference: Table, current: Table]> {
  const current = openTable(engine, workspace, 'current', sides.current);
  // It is awaited below.
  current.catch(() => undefined);
  const reference = await openTable(engine, workspace, 'reference', sides.reference);
  return [reference, await current];
}

/**
 * Finds out how the files are laid out, without reading more than their beginning.
 * @param side names the table in the workspace: `reference` or `current`.
 * @throws unreadable_table with the file and the reason.
 */
export async function openTable(
  engine: Engine,
  workspace: Workspace,
  side: string,
  pattern: string,
): Promise<Table> {
  const files = locate(pattern);
  const first = files[0]!;
  const start = await head(first, HEAD_BYTES);
  if (start.length === 0) throw new TiltmeterError('unreadable_table', `${first}: is empty`);
  const size = files.reduce((sum, file) => sum + statSync(file).size, 0);
  const located = { pattern, files, start, bytes: size * (compressionOf(first) ? COMPRESSION : 1) };
  const format = formatOf(first, start);
  await mustBeOfFormat(files.slice(1), format, first);
  if (format === 'csv') return openText(engine, workspace, side, located);
  if (format === 'jsonl') return openJson(engine, workspace, side, located);
  return openTyped(engine, workspace, side, located, format);
}
