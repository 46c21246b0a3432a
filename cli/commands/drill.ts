import { Command, InvalidArgumentError } from 'commander';
import { appOptions } from '../../server/main.ts';
import { example, type MakeCommand } from '../command.ts';
import { FAULTS } from '../drill/faults/index.ts';
import { drillReport } from '../drill/report.ts';
import { runDrill } from '../drill/run-drill.ts';
import { matrix, type Shape } from '../drill/scenario.ts';
import { tableOf } from '../drill/tables.ts';
import { Misuse } from '../failure.ts';
import { say } from '../terminal.ts';

export const drill: MakeCommand = (terminal) => {
  const command = new Command('drill')
    .description(
      'plants known faults into replays of a real table, through a server of its own, and tells what was seen, when, and which cause was named',
    )
    .option('--fault <kind...>', `which faults: ${FAULTS.map(({ kind }) => kind).join(', ')} (default: all)`)
    .option('--data <table>', 'a file, or a table that ships with it: adult, bike-sharing', 'adult')
    .option('--label <column>', 'of a file: the column to be predicted')
    .option('--without <column...>', 'of a file: columns that are no inputs')
    .option('--shape <shape...>', 'abrupt, gradual (default: both)', shapes)
    .option('--innocent', 'a version that has nothing to do with it goes live at the same time')
    .option('--clean <replays>', 'replays in which nothing breaks', Number, 1)
    .option('--rows <number>', 'predictions in a bucket of an hour', Number, 250)
    .option('--json', 'every outcome as JSON')
    .action(async (options) => {
      const faults = FAULTS.filter(({ kind }) => options.fault?.includes(kind) ?? true);
      const unknown = (options.fault ?? []).find(
        (kind: string) => !FAULTS.some((each) => each.kind === kind),
      );
      if (unknown !== undefined)
        throw new Misuse(
          `There is no fault ${unknown}`,
          `Faults are ${FAULTS.map(({ kind }) => kind).join(', ')}.`,
        );
      const table = await tableOf(options.data, options.label, options.without ?? []);
      const scenarios = matrix({
        ...{ tables: [table.name], faults, clean: options.clean, seed: 1 },
        ...{ shapes: options.shape ?? ['abrupt', 'gradual'], innocent: [options.innocent ?? false] },
      });
      const outcomes = await runDrill(scenarios, {
        app: appOptions({ host: '127.0.0.1', port: 0 }, { TILTMETER_LOG_LEVEL: 'error', ...terminal.env }),
        length: { clean: 28, faulty: 16, rows: options.rows },
        tables: [table],
        now: terminal.clock(),
        progress: (done) => terminal.stderr.write(`${done} of ${scenarios.length} replayed\n`),
      });
      say(
        terminal,
        options.json
          ? JSON.stringify(
              outcomes.map(({ scenario, ...outcome }) => ({
                ...scenario,
                fault: scenario.fault?.kind ?? null,
                ...outcome,
              })),
              null,
              2,
            )
          : drillReport(outcomes),
      );
    });
  return example(
    command,
    'tiltmeter drill --fault unit_change',
    'tiltmeter drill --data churn.csv --label churned',
  );
};

function shapes(text: string, before: Shape[] = []): Shape[] {
  if (text !== 'abrupt' && text !== 'gradual')
    throw new InvalidArgumentError('A shape is abrupt or gradual.');
  return [...before, text];
}
