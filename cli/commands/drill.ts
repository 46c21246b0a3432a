import { Command, InvalidArgumentError } from 'commander';
import { example, type MakeCommand } from '../command.ts';
import { connect, connecting } from '../connection.ts';
import { FAULTS } from '../drill/faults/index.ts';
import { keepDrill } from '../drill/keep-drill.ts';
import { ownHistory } from '../drill/own-history.ts';
import { ownServer } from '../drill/own-server.ts';
import { drillReport } from '../drill/report.ts';
import { runDrill } from '../drill/run-drill.ts';
import { matrix, type Shape } from '../drill/scenario.ts';
import { tableOf } from '../drill/tables.ts';
import { Misuse } from '../failure.ts';
import { say } from '../terminal.ts';

/** Buckets of an hour before the fault and in it. */
const CLEAN = 28;
const FAULTY = 16;

export const drill: MakeCommand = (terminal) => {
  const command = connecting(new Command('drill'))
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
    .option('--model <name>', 'the newest labelled predictions of a model as the table, read from a server')
    .option('--keep', 'have the server keep what was found, for its page and its report')
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
      const asks = options.model !== undefined || options.keep === true;
      const server = asks ? connect(terminal, options) : null;
      const without = options.without ?? [];
      const table =
        options.model === undefined
          ? await tableOf(options.data, options.label, without)
          : await ownHistory(server!, options.model, without);
      const scenarios = matrix({
        ...{ tables: [table.name], faults, clean: options.clean, seed: 1 },
        ...{ shapes: options.shape ?? ['abrupt', 'gradual'], innocent: [options.innocent ?? false] },
      });
      const outcomes = await runDrill(scenarios, {
        app: ownServer(terminal.env),
        length: { clean: CLEAN, faulty: FAULTY, rows: options.rows },
        tables: [table],
        now: terminal.clock(),
        progress: (done) => terminal.stderr.write(`${done} of ${scenarios.length} replayed\n`),
      });
      if (options.keep) {
        const drill = {
          about: options.model === undefined ? table.name : `${options.model}, its stored history`,
          ...{ model: options.model ?? null, rows: options.rows, clean_buckets: CLEAN + FAULTY },
        };
        const { id } = await keepDrill(server!, drill, outcomes);
        terminal.stderr.write(`kept as ${id}: Settings → Drills shows it\n`);
      }
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
    'tiltmeter drill --model credit-risk --keep',
  );
};

function shapes(text: string, before: Shape[] = []): Shape[] {
  if (text !== 'abrupt' && text !== 'gradual')
    throw new InvalidArgumentError('A shape is abrupt or gradual.');
  return [...before, text];
}
