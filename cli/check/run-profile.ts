import { profileTable } from '../../check/profile/profile.ts';
import type { TableProfile } from '../../contract/table-profile.ts';
import { Engine } from '../../tables/engine/engine.ts';
import { openWorkspace } from '../../tables/engine/workspace.ts';
import type { Terminal } from '../terminal.ts';
import { ENGINE_MEMORY } from './run-check.ts';
import { stepLine } from './step-line.ts';

/** Describes a table with an engine of its own and a progress line on stderr, and lets go of both. */
export async function runProfile(terminal: Terminal, file: string, threads: number): Promise<TableProfile> {
  const workspace = openWorkspace();
  const engine = new Engine({ threads, maxMemoryBytes: ENGINE_MEMORY });
  const step = stepLine(terminal);
  try {
    return await profileTable(engine, workspace, file, terminal.clock, step.show);
  } finally {
    step.clear();
    engine.close();
    workspace.dispose();
  }
}
