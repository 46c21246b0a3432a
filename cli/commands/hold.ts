import { Command, Option } from 'commander';
import { counted } from '../../contract/counted.ts';
import type { EndpointProtocol, Hold, HoldRow, HoldRun, ModelHold } from '../../contract/hold.ts';
import type { Measured } from '../../contract/version-comparison.ts';
import { example, type MakeCommand } from '../command.ts';
import { type ConnectionOptions, connect, connecting } from '../connection.ts';
import { Misuse } from '../failure.ts';
import { print } from '../print.ts';
import { endpointOptions } from '../replay/endpoint-options.ts';
import { bodyOf } from '../replay/protocol.ts';
import { fileRows } from '../replay/rows.ts';
import { headersOf, httpAddress } from '../replay/values.ts';
import { figure, moment, table } from '../table.ts';
import { say, type Terminal } from '../terminal.ts';
import { lengthOf, milliseconds } from '../values.ts';

interface Given extends ConnectionOptions {
  readonly endpoint: string;
  readonly label?: string;
  readonly map: string[];
  readonly ignore: string[];
  readonly protocol: EndpointProtocol;
  readonly body?: string;
  readonly answer?: string;
  readonly classes: string[];
  readonly header: string[];
  readonly timeout: number;
  readonly every: number;
  readonly task?: 'classes' | 'numbers';
  readonly json?: boolean;
}

/** What a server takes, and one more, so that it is the one to say that it is too much. */
const MOST_ROWS = 1001;

const address = (model: string) => `/models/${encodeURIComponent(model)}/hold`;

export const hold: MakeCommand = (terminal) => {
  const command = new Command('hold').description(
    'a fixed, labelled set that the server runs through the endpoint of a model again and again',
  );
  command.addCommand(setHold(terminal));

  const show = connecting(new Command('show'))
    .description('what its runs showed, the newest first')
    .argument('<model>', 'name of the model')
    .option('--json', 'print JSON')
    .action(async (model: string, { json, ...connection }) =>
      print(
        terminal,
        json,
        await connect(terminal, connection).call<ModelHold>('GET', address(model)),
        state,
      ),
    );
  command.addCommand(example(show, 'tiltmeter hold show credit-risk'));

  const run = connecting(new Command('run'))
    .description('run it now')
    .argument('<model>', 'name of the model')
    .action(async (model: string, connection) => {
      await connect(terminal, connection).call('POST', `${address(model)}/run`);
      say(terminal, `The labelled set of ${model} is run within ten seconds.`);
    });
  command.addCommand(example(run, 'tiltmeter hold run credit-risk'));

  const remove = connecting(new Command('remove'))
    .description('remove it with its runs and what watches it')
    .argument('<model>', 'name of the model')
    .action(async (model: string, connection) => {
      await connect(terminal, connection).call('DELETE', address(model));
      say(terminal, `${model} has no labelled set any more.`);
    });
  command.addCommand(example(remove, 'tiltmeter hold remove credit-risk'));
  return command;
};

function setHold(terminal: Terminal): Command {
  const command = connecting(new Command('set'))
    .description('give a model a labelled set of 20 to 1,000 rows, in place of the one before')
    .argument('<model>', 'name of the model')
    .argument('<files...>', 'the labelled set')
    .requiredOption('--endpoint <address>', 'where the model answers, as the server reaches it');
  endpointOptions(command)
    .option('--timeout <length>', 'how long an answer may take, up to 30s', milliseconds, 5_000)
    .option('--every <length>', 'how often it is run, 1h to 7d', milliseconds, 86_400_000)
    .addOption(
      new Option('--task <task>', 'what the labels are; by the labels when absent').choices([
        'classes',
        'numbers',
      ]),
    )
    .option('--json', 'print JSON')
    .action(async (model: string, files: string[], given: Given) => {
      const rows = await rowsOf(terminal, files, given);
      const found = await connect(terminal, given).call<Hold>('PUT', address(model), {
        endpoint: {
          ...{ url: httpAddress(given.endpoint), headers: headersOf(given.header) },
          ...{ protocol: given.protocol, body: bodyOf(given.protocol, given.body), answer: given.answer },
          ...{ classes: given.classes, timeout_ms: given.timeout },
        },
        ...{ rows, every_ms: given.every, task: given.task },
      });
      print(terminal, given.json, found, page);
    });
  return example(
    command,
    'tiltmeter hold set credit-risk hold.csv --label defaulted --endpoint https://models.example.org/v1/models/credit:predict --every 6h',
  );
}

async function rowsOf(terminal: Terminal, files: readonly string[], { label, map, ignore }: Given) {
  const maps = label === undefined ? map : [...map, `label=${label}`];
  const rows: HoldRow[] = [];
  for await (const row of fileRows(files, maps, ignore, terminal.clock())) {
    if (row.label === null)
      throw new Misuse(`Row ${rows.length + 1} has no label`, 'Say with --label which column it is.');
    rows.push({ features: row.features, label: row.label });
    if (rows.length === MOST_ROWS) break;
  }
  return rows;
}

const state = ({ model, hold }: ModelHold) => (hold === null ? `${model} has no labelled set.` : page(hold));

function page(found: Hold): string {
  const { model, rows, host, every_ms, metric, next_at, running, watched, runs } = found;
  const head = [
    `${counted(rows, 'row')} through ${host} every ${lengthOf(every_ms)}; ${running ? 'running now' : `next ${moment(next_at)} UTC`}.`,
    ...(watched
      ? []
      : [`No monitor watches it: add one of the kind labelled_hold in the settings of ${model}.`]),
  ].join('\n');
  if (runs.length === 0) return `${head}\nIt was not run yet.`;
  return `${head}\n\n${table(
    ['run (UTC)', metric.title, 'lost since the first run', 'answered', 'p95 ms'],
    runs.map((run) => [
      moment(run.at),
      told(run),
      interval(run.lost),
      answeredOf(run),
      figure(run.latency_p95_ms),
    ]),
  )}`;
}

const told = ({ failed, quality }: HoldRun) => (failed === null ? interval(quality) : failed.reason);

const answeredOf = ({ answered, rows, unanswered }: HoldRun) =>
  `${answered} / ${rows}${unanswered.map(({ reason, n }) => `, ${n} ${reason.replaceAll('_', ' ')}`).join('')}`;

function interval({ value, low, high, status }: Measured): string {
  if (value === null) return status.replaceAll('_', ' ');
  return `${figure(value)} (${figure(low)} to ${figure(high)})`;
}
