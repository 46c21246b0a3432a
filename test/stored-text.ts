import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { TestApp } from './app.ts';

/** Where a text is stored: tables of the lake and of the ledger that hold it in any row, and files of the data folder with its bytes. */
export async function placesOf(text: string, { app, dataDir }: TestApp): Promise<string[]> {
  const { lake, ledger } = app.ctx;
  const places: string[] = [];
  const tables = await lake.query<{ name: string }>(
    "SELECT name FROM system.tables WHERE database = 'tiltmeter' ORDER BY name",
  );
  for (const { name } of tables) {
    const [row] = await lake.query<{ n: number }>(
      `SELECT countIf(position(formatRow('JSONEachRow', *), {text:String}) > 0) AS n FROM tiltmeter.\`${name}\``,
      { text },
    );
    if (row!.n > 0) places.push(`lake: ${name}`);
  }
  for (const { name } of await ledger.introspection.getTables()) {
    const all = await sql`select * from ${sql.table(name)}`.execute(ledger);
    if (JSON.stringify(all.rows).includes(text)) places.push(`ledger: ${name}`);
  }
  return [...places, ...(await filesWith(text, dataDir))];
}

/** Files below a folder with the bytes of a text; none where there is no such folder: only the embedded lake spools. What goes while it is looked at, as parts of a lake do, is passed over. */
export async function filesWith(text: string, folder: string): Promise<string[]> {
  const bytes = Buffer.from(text);
  const found: string[] = [];
  if (!existsSync(folder)) return found;
  for await (const path of filesBelow(folder)) {
    const content = await readFile(path).catch(() => Buffer.alloc(0));
    if (content.includes(bytes)) found.push(`file: ${path.slice(folder.length + 1)}`);
  }
  return found;
}

async function* filesBelow(folder: string): AsyncGenerator<string> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(path);
    else if (entry.isFile()) yield path;
  }
}
