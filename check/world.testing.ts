import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { Engine } from '../tables/engine/engine.ts';
import { openWorkspace } from '../tables/engine/workspace.ts';
import { openTable } from './table/open.ts';
import type { Table } from './table/table.ts';

/** A folder and an engine that end with the test file. */
export function createWorld() {
  const folder = mkdtempSync(join(tmpdir(), 'tiltmeter-check-test-'));
  const workspaces: { dispose(): void }[] = [];
  let engine: Engine | undefined;
  afterAll(() => {
    engine?.close();
    for (const workspace of workspaces) workspace.dispose();
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    folder,
    get engine(): Engine {
      engine ??= new Engine({ threads: 2, maxMemoryBytes: 500e6 });
      return engine;
    },
    path: (name: string): string => join(folder, name),
    /** Writes a file and returns its path. */
    write(name: string, content: string | Uint8Array): string {
      writeFileSync(join(folder, name), content);
      return join(folder, name);
    },
    /** A process can have only one engine: whoever runs a command lets go of this one first. */
    closeEngine(): void {
      engine?.close();
      engine = undefined;
    },
    /** Writes the rows of a SELECT; the engine is closed again, as a process can have only one. */
    async writeParquet(name: string, select: string): Promise<string> {
      await this.engine.rows(`INSERT INTO FUNCTION file('${join(folder, name)}', 'Parquet') ${select}`);
      this.closeEngine();
      return join(folder, name);
    },
    open(file: string): Promise<Table> {
      const workspace = openWorkspace();
      workspaces.push(workspace);
      return openTable(this.engine, workspace, 'table', file);
    },
  };
}

/** Columns of equal length as CSV, every field quoted when it needs to be. */
export function csv(columns: Readonly<Record<string, readonly (string | number | null)[]>>): string {
  const field = (value: string | number | null): string => {
    const text = value === null ? '' : String(value);
    return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const names = Object.keys(columns);
  const rows = columns[names[0]!]!.length;
  const lines = Array.from({ length: rows }, (_, i) =>
    names.map((name) => field(columns[name]![i]!)).join(','),
  );
  return `${names.map(field).join(',')}\n${lines.join('\n')}\n`;
}
