import { Command } from 'commander';
import { plain } from '../../check/report/text.ts';
import { counted } from '../../contract/counted.ts';
import { MlflowError } from '../../registries/mlflow/client.ts';
import { type Synced, sync } from '../../registries/mlflow/sync.ts';
import { example, type MakeCommand } from '../command.ts';
import { type ConnectionOptions, connect, connecting } from '../connection.ts';
import { Failed } from '../failure.ts';
import { connectMlflow } from '../mlflow/connection.ts';
import { hereByApi } from '../mlflow/here.ts';
import { print } from '../print.ts';
import { say } from '../terminal.ts';

interface Given extends ConnectionOptions {
  readonly trackingUri?: string;
  readonly model?: string;
  readonly references: boolean;
  readonly writeBack?: boolean;
  readonly json?: boolean;
}

export const mlflow: MakeCommand = (terminal, exit) => {
  const command = new Command('mlflow').description('models that are registered in MLflow');
  const synchronise = connecting(new Command('sync'))
    .description(
      'brings registered models over: versions, aliases, columns, training metrics and training sets',
    )
    .option('--tracking-uri <address>', 'address of the MLflow server (MLFLOW_TRACKING_URI)')
    .option('--model <name>', 'this registered model alone')
    .option('--no-references', 'leave training sets among the artefacts where they are')
    .option(
      '--write-back',
      'write quality, drift and open incidents to MLflow, as tags of versions and metrics of runs',
    )
    .option('--json', 'print JSON')
    .action(async (given: Given) => {
      const from = connectMlflow(terminal, given.trackingUri);
      const url = given.url ?? terminal.env.TILTMETER_URL ?? 'http://127.0.0.1:8765';
      const here = hereByApi(connect(terminal, given), url.replace(/\/+$/, ''));
      const { model: only, references, writeBack = false } = given;
      const all: Synced[] = [];
      try {
        for await (const synced of sync(from, here, { only, references, writeBack, clock: terminal.clock })) {
          all.push(synced);
          if (!given.json) for (const line of inWords(synced)) say(terminal, plain(line));
        }
      } catch (error) {
        if (!(error instanceof MlflowError)) throw error;
        throw new Failed(error.message, HINTS[error.reason]);
      }
      if (given.json) print(terminal, true, all, String);
      else say(terminal, summary(all));
      if (all.some(({ failed }) => failed)) exit(1);
    });
  command.addCommand(
    example(
      synchronise,
      'tiltmeter mlflow sync --tracking-uri http://mlflow.internal:5000',
      'tiltmeter mlflow sync --model credit-risk --write-back',
    ),
  );
  return command;
};

const HINTS: Readonly<Partial<Record<MlflowError['reason'], string>>> = {
  away: 'Check --tracking-uri, and that the server runs. What was brought over until then stays.',
  not_authenticated:
    'Give MLFLOW_TRACKING_TOKEN, or MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or files with …_FILE.',
  not_mlflow: 'Give the address of the MLflow server, with its path where a proxy puts it below one.',
  not_found: 'Registered models are named as MLflow has them, with upper and lower case.',
};

function inWords({ name, model, registered, reference, written, notes, failed }: Synced): string[] {
  const lines = notes.map((note) => `  ${note}`);
  if (registered === null) return [`${name}: not brought over`, ...lines];
  const { made, versions, columns } = registered;
  const done = [
    ...(made ? ['made'] : []),
    ...part(versions.added, 'version', 'new'),
    ...part(versions.changed, 'version', 'changed'),
    ...part(versions.removed, 'version', 'gone'),
    ...part(columns.added, 'column', 'new'),
    ...(reference === null ? [] : [`reference "${reference}"`]),
    ...(written === 0 ? [] : [`${counted(written, 'value')} written back`]),
  ];
  const title = name === model ? name : `${name} as ${model}`;
  const what = done.length === 0 ? (failed ? 'not all' : 'nothing new') : done.join(', ');
  return [`${title}: ${what}`, ...lines];
}

const part = (names: readonly string[], what: string, how: string) =>
  names.length === 0 ? [] : [`${counted(names.length, what)} ${how}`];

function summary(all: readonly Synced[]): string {
  const failed = all.filter((one) => one.failed).length;
  if (all.length === 0) return 'MLflow has no registered models.';
  return `${counted(all.length, 'registered model')}${failed === 0 ? '' : `, ${failed} not or not wholly brought over`}.`;
}
