import { check } from '../../check/check.ts';
import { COMPARE_DEFAULTS } from '../../check/compare/column.ts';
import { QUALITY_LIMITS } from '../../check/compare/quality.ts';
import type { CheckSettings } from '../../check/config/settings.ts';
import type { CheckOptions } from '../../check/options.ts';
import type { CheckReport } from '../../contract/check.ts';
import type { Aside } from '../../tables/aside.ts';
import { Engine } from '../../tables/engine/engine.ts';
import { openWorkspace } from '../../tables/engine/workspace.ts';
import type { Terminal } from '../terminal.ts';
import { stepLine } from './step-line.ts';

/** What the flags of `check` come to. */
export interface CheckFlags {
  readonly reference: string;
  readonly label?: string;
  readonly prediction?: string;
  readonly score?: string;
  readonly time?: string;
  readonly positive?: string;
  readonly task?: 'binary' | 'multiclass' | 'regression';
  readonly segment: string[];
  readonly protected: string[];
  readonly ignore: string[];
  readonly tests?: 'default' | 'all';
  readonly as?: string;
  readonly config?: string;
  readonly threshold?: number;
  readonly multivariate: boolean;
}

/** Memory of the engine; it spills or refuses beyond, so that a check fits beside other work. */
export const ENGINE_MEMORY = 900 * 1024 * 1024;

/** Runs the check with an engine of its own and a progress line on stderr, and lets go of both. */
export async function runCheck(
  terminal: Terminal,
  current: string,
  flags: CheckFlags,
  threads: number,
  idle: Aside | null = null,
): Promise<CheckReport> {
  const options = checkOptions(current, flags, await settingsOf(flags));
  const workspace = openWorkspace();
  const engine = new Engine({ threads, maxMemoryBytes: ENGINE_MEMORY });
  const step = stepLine(terminal);
  try {
    return await check(engine, workspace, options, terminal.clock, step.show, idle);
  } finally {
    step.clear();
    engine.close();
    workspace.dispose();
  }
}

async function settingsOf({ config }: CheckFlags): Promise<CheckSettings> {
  if (config === undefined) return {};
  // Parsers and schemas are loaded for those who bring a file.
  const { loadSettings } = await import('../../check/config/load.ts');
  return loadSettings(config);
}

/** Flags first, then the configuration file, then the defaults. */
export function checkOptions(current: string, flags: CheckFlags, settings: CheckSettings): CheckOptions {
  const named = (name: 'label' | 'prediction' | 'score' | 'time' | 'positive' | 'task' | 'as') => {
    const value = flags[name] ?? settings[name];
    return value === undefined ? {} : { [name]: value };
  };
  const { test, threshold } = settings;
  return {
    ...COMPARE_DEFAULTS,
    ...named('label'),
    ...named('prediction'),
    ...named('score'),
    ...named('time'),
    ...named('positive'),
    ...named('task'),
    ...named('as'),
    current,
    reference: flags.reference,
    limits: { ...QUALITY_LIMITS, ...settings.limits },
    tests: flags.tests ?? settings.tests ?? 'default',
    ignore: [...flags.ignore, ...(settings.ignore ?? [])],
    segments: flags.segment.length > 0 ? flags.segment : (settings.segments ?? []),
    protected: flags.protected,
    multivariate: flags.multivariate && (settings.multivariate ?? true),
    decision: {
      ...(test === undefined ? {} : { test }),
      ...(threshold === undefined ? {} : { threshold }),
      ...(flags.threshold === undefined ? {} : { threshold: flags.threshold }),
    },
    numeric: settings.numeric ?? {},
    categorical: settings.categorical ?? {},
    columns: settings.columns ?? {},
    rules: settings.rules ?? [],
    notes: settings.notes ?? [],
  };
}
