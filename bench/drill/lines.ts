import { existsSync } from 'node:fs';
import { appendFile, readFile } from 'node:fs/promises';
import type { Scenario } from '../../cli/drill/scenario.ts';
import type { Outcome } from '../../cli/drill/score.ts';

/** Outcomes in a file, one on a line, that a run that was broken off goes on with. */
export interface Lines {
  /** What was there before. */
  readonly had: readonly Outcome[];
  /** Those that have no outcome yet. */
  readonly without: (scenarios: readonly Scenario[]) => Scenario[];
  readonly add: (outcomes: readonly Outcome[]) => Promise<void>;
}

/** Reads what a file has; one that is not there is empty. */
export async function linesOf(file: string): Promise<Lines> {
  const text = existsSync(file) ? await readFile(file, 'utf8') : '';
  const had = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Outcome);
  const known = new Set(had.map(({ scenario }) => keyOf(scenario)));
  return {
    had,
    without: (scenarios) => scenarios.filter((scenario) => !known.has(keyOf(scenario))),
    add: (outcomes) => appendFile(file, outcomes.map((outcome) => `${JSON.stringify(outcome)}\n`).join('')),
  };
}

const keyOf = ({ id, seed }: Scenario) => `${id} ${seed}`;
