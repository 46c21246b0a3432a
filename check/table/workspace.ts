import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder of plain names for the files, so that no character of a path means anything to the engine. */
export interface Workspace {
  readonly folder: string;
  dispose(): void;
}

export function openWorkspace(): Workspace {
  const folder = mkdtempSync(join(tmpdir(), 'tiltmeter-check-'));
  return { folder, dispose: () => rmSync(folder, { recursive: true, force: true }) };
}

const COMPRESSED = /\.(gz|zst|bz2|xz)$/i;

/** Links the files under plain names and returns the engine's pattern for all of them. Endings that say how a file is compressed stay. */
export function linkFiles(
  workspace: Workspace,
  side: string,
  files: readonly string[],
  ending: string,
): string {
  const names = files.map(
    (file, i) => `${side}_${i}.${ending}${COMPRESSED.exec(file)?.[0].toLowerCase() ?? ''}`,
  );
  names.forEach((name, i) => {
    symlinkSync(files[i]!, join(workspace.folder, name));
  });
  return patternOf(workspace, names);
}

/** One pattern for names in the workspace. */
export function patternOf(workspace: Workspace, names: readonly string[]): string {
  return join(workspace.folder, names.length === 1 ? names[0]! : `{${names.join(',')}}`);
}
