import { check } from '../../check/check.ts';
import { COMPARE_DEFAULTS } from '../../check/compare/column.ts';
import { QUALITY_LIMITS } from '../../check/compare/quality.ts';
import { Engine } from '../../check/engine.ts';
import { openWorkspace } from '../../check/table/workspace.ts';
import type { CheckReport } from '../../contract/check.ts';
import type { Terminal } from '../terminal.ts';
import { stepLine } from './step-line.ts';

/** What the flags of `check` come to. */
export interface CheckFlags {
  readonly reference: string;
  readonly label?: string;
  readonly prediction?: string;
  readonly score?: string;
  readonly time?: string;
  readonly segment: string[];
  readonly ignore: string[];
  readonly tests: 'default' | 'all';
}

/** Memory of the engine; it spills or refuses beyond, so that a check fits beside other work. */
const ENGINE_MEMORY = 900 * 1024 * 1024;

/** Runs the check with an engine of its own and a progress line on stderr, and lets go of both. */
export async function runCheck(
  terminal: Terminal,
  current: string,
  flags: CheckFlags,
  threads: number,
): Promise<CheckReport> {
  const workspace = openWorkspace();
  const engine = new Engine({ threads, maxMemoryBytes: ENGINE_MEMORY });
  const step = stepLine(terminal);
  try {
    return await check(
      engine,
      workspace,
      {
        ...COMPARE_DEFAULTS,
        limits: QUALITY_LIMITS,
        current,
        reference: flags.reference,
        tests: flags.tests,
        types: new Map(),
        ignore: new Set(flags.ignore),
        segments: flags.segment,
        multivariate: true,
        ...(flags.label === undefined ? {} : { label: flags.label }),
        ...(flags.prediction === undefined ? {} : { prediction: flags.prediction }),
        ...(flags.score === undefined ? {} : { score: flags.score }),
        ...(flags.time === undefined ? {} : { time: flags.time }),
      },
      terminal.clock,
      step.show,
    );
  } finally {
    step.clear();
    engine.close();
    workspace.dispose();
  }
}
