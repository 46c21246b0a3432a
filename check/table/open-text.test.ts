import { expect, test } from 'vitest';
import { Engine } from '../../tables/engine/engine.ts';
import { openWorkspace } from '../../tables/engine/workspace.ts';
import { createWorld } from '../world.testing.ts';
import { openTable } from './open.ts';

const world = createWorld();
const rows = Array.from({ length: 30 }, (_, i) => `${i};Köln`);
const text = `größe;ort\n${rows.join('\n')}\n`;

test.each([
  ['UTF-8', Buffer.from(text)],
  ['Latin-1', Buffer.from(text, 'latin1')],
  ['UTF-16', Buffer.from(`\ufeff${text}`, 'utf16le')],
  ['lines that end with a return alone', Buffer.from(text.replaceAll('\n', '\r'))],
  ['a remark above its header', Buffer.from(`# made by hand\n\n${text}`)],
])('%s: read once, and held', async (name, content) => {
  const workspace = openWorkspace();
  const engine = new Engine({ threads: 1, maxMemoryBytes: 100e6 });
  try {
    const table = await openTable(engine, workspace, 'current', world.write(`${name}.csv`, content));
    expect(table.held?.rows).toBe(30);
    expect(table.held?.columns.get('ort')?.categories.texts).toEqual(['Köln']);
    expect([...table.held!.columns.keys()]).toEqual(['größe', 'ort']);
  } finally {
    engine.close();
    workspace.dispose();
  }
});
