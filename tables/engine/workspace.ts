import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { compressionOf } from '../files/compression.ts';

/** A folder of plain names for the files, so that no character of a path means anything to the engine. */
export interface Workspace {
  readonly folder: string;
  dispose(): void;
}

/** @param within where it lies; the system's folder for such things when absent. */
export function openWorkspace(within = tmpdir()): Workspace {
  const folder = mkdtempSync(join(resolve(within), 'tiltmeter-check-'));
  return { folder, dispose: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Links the files under plain names, which say how a file is compressed; returns the names. */
export function linkNames(
  workspace: Workspace,
  side: string,
  files: readonly string[],
  ending: string,
): string[] {
  return files.map((file, i) => {
    const compression = compressionOf(file);
    const name = `${side}_${i}.${ending}${compression === null ? '' : `.${compression}`}`;
    symlinkSync(resolve(file), join(workspace.folder, name));
    return name;
  });
}

/** Links the files under plain names and returns the engine's pattern for all of them. */
export function linkFiles(
  workspace: Workspace,
  side: string,
  files: readonly string[],
  ending: string,
): string {
  return patternOf(workspace, linkNames(workspace, side, files, ending));
}

/** One pattern for names in the workspace. */
export function patternOf(workspace: Workspace, names: readonly string[]): string {
  return join(workspace.folder, names.length === 1 ? names[0]! : `{${names.join(',')}}`);
}
