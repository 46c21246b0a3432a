import { hostname } from 'node:os';
import { Command } from 'commander';
import type { AgentSettings } from '../../agent/settings.ts';
import { counted } from '../../contract/counted.ts';
import { example, type MakeCommand } from '../command.ts';
import { type ConnectionOptions, givenKey } from '../connection.ts';
import { Misuse } from '../failure.ts';
import { note, say, type Terminal } from '../terminal.ts';
import { milliseconds, number } from '../values.ts';

const FOLDER = './tiltmeter-agent';
const MEGABYTE = 1024 * 1024;
const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', '::1', 'localhost']);

interface Given extends ConnectionOptions {
  readonly data: string;
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly offline?: boolean;
  readonly every: number;
  readonly save: number;
  readonly bucket: number;
  readonly keep: number;
}

interface WhylogsGiven extends ConnectionOptions {
  readonly model: string;
  readonly release: string;
  readonly prediction?: string;
  readonly score?: string;
}

export const agent: MakeCommand = (terminal, exit) => {
  const command = new Command('agent').description(
    'counts predictions beside a model and sends profiles alone: no row leaves',
  );
  const data = (of: Command) => of.option('--data <folder>', 'where pieces wait', FOLDER);
  const server = (of: Command) =>
    of
      .option('--url <address>', 'address of the server (TILTMETER_URL)')
      .option(
        '--key <secret>',
        'API key with ingest (TILTMETER_KEY, or the file that TILTMETER_KEY_FILE names)',
      );
  const run = server(data(new Command('run')))
    .description('takes predictions on this machine, counts them, and sends what it counted')
    .option('--name <name>', 'what people call it', hostname())
    .option('--host <host>', 'address of this machine that it listens on; loopback alone', '127.0.0.1')
    .option('--port <port>', 'port that it listens on', number, 8766)
    .option('--offline', 'sends nothing: pieces are exported')
    .option('--every <time>', 'after how long a piece ends and is sent', milliseconds, 300_000)
    .option('--save <time>', 'how often what was counted is written to the disk', milliseconds, 10_000)
    .option(
      '--bucket <time>',
      'what is counted as one, where the server says nothing else',
      milliseconds,
      3_600_000,
    )
    .option('--keep <megabytes>', 'of pieces that wait; the oldest give way, and it is told', number, 256)
    .action((given: Given) => runAgent(terminal, given));
  const exporting = data(new Command('export'))
    .description('writes the pieces that wait to a file, and takes them out of the folder')
    .argument('<file>', 'where to, as lines of JSON in gzip')
    .option('--keep', 'leaves them in the folder')
    .action(async (file: string, given: { data: string; keep?: boolean }) => {
      const { exportPieces } = await import('../../agent/export.ts');
      const { pieces, predictions } = await exportPieces(given.data, file, given.keep === true);
      say(terminal, `${counted(pieces, 'piece')} of ${counted(predictions, 'prediction')} in ${file}`);
    });
  const sending = server(new Command('send'))
    .description('sends what was exported; what was sent before changes no number')
    .argument('<file>', 'a file of "tiltmeter agent export"')
    .action(async (file: string, given: ConnectionOptions) => {
      const { sendFile } = await import('../../agent/export.ts');
      const { stored, rejected, why } = await sendFile(required(terminal, given), file);
      say(
        terminal,
        `${counted(stored, 'profile')} stored${rejected > 0 ? `, ${rejected} refused: ${why}` : ''}`,
      );
      if (rejected > 0) exit(1);
    });
  command.addCommand(
    example(
      run,
      'tiltmeter agent run --url https://tiltmeter.example.com --key $TILTMETER_KEY',
      'tiltmeter agent run --offline',
    ),
  );
  const whylogs = server(new Command('whylogs'))
    .description('sends what whylogs counted: counts, moments, quantiles and frequent items of its files')
    .argument('<files...>', 'files that whylogs wrote')
    .requiredOption('--model <model>', 'the model that they are of')
    .option('--release <version>', 'its version', '')
    .option('--prediction <column>', 'column that is the answer')
    .option('--score <column>', 'column that is the score')
    .action(async (files: string[], given: WhylogsGiven) => {
      const { sendWhylogs } = await import('../../agent/whylogs/send-whylogs.ts');
      for (const file of files) {
        const found = await sendWhylogs(required(terminal, given), file, {
          model: given.model,
          version: given.release,
          outputs: new Map([
            ...(given.prediction ? [[given.prediction, '_prediction'] as const] : []),
            ...(given.score ? [[given.score, '_score'] as const] : []),
          ]),
        });
        const { stored, rejected, why, lacking } = found;
        say(
          terminal,
          `${file}: ${counted(stored, 'profile')} stored${rejected > 0 ? `, ${rejected} refused: ${why}` : ''}`,
        );
        for (const { column, reason } of lacking) note(terminal, `${column} is not in it: ${reason}`);
        if (rejected > 0) exit(1);
      }
    });
  command.addCommand(
    example(
      whylogs,
      'tiltmeter agent whylogs profile_2026-11-01.bin --model credit-risk --prediction decision',
    ),
  );
  command.addCommand(example(exporting, 'tiltmeter agent export profiles.ndjson.gz'));
  command.addCommand(example(sending, 'tiltmeter agent send profiles.ndjson.gz'));
  return command;
};

async function runAgent(terminal: Terminal, given: Given): Promise<void> {
  if (!LOOPBACK.has(given.host))
    throw new Misuse(
      `${given.host} is not an address of this machine alone`,
      'An agent asks nobody for a key, so it listens on 127.0.0.1, ::1 or localhost.',
    );
  const settings: AgentSettings = {
    folder: given.data,
    name: given.name,
    host: given.host,
    port: given.port,
    server: given.offline ? undefined : required(terminal, given),
    pieceMs: given.every,
    saveMs: given.save,
    bucketMs: given.bucket,
    folderBytes: given.keep * MEGABYTE,
  };
  const { startAgent } = await import('../../agent/run.ts');
  const told = (line: string) => note(terminal, line);
  const running = await startAgent(settings, terminal.clock, told);
  say(terminal, `Counting predictions at ${running.address}/api/v1/predictions as ${running.agent.name}`);
  const stop = terminal.interrupt?.();
  if (stop !== undefined && !stop.aborted)
    await new Promise<void>((resolve) => stop.addEventListener('abort', () => resolve(), { once: true }));
  await running.stop();
}

function required(terminal: Terminal, given: ConnectionOptions): { url: string; key: string } {
  const url = given.url ?? terminal.env.TILTMETER_URL;
  const key = givenKey(terminal, given.key)?.trim();
  if (!url || !key)
    throw new Misuse(
      `No ${url ? 'API key' : 'address of a server'}`,
      'Give --url and --key (TILTMETER_URL, TILTMETER_KEY), or --offline to export what is counted.',
    );
  if (!URL.canParse(url))
    throw new Misuse(`${url} is not an address`, 'Example: --url http://127.0.0.1:8765');
  return { url: url.replace(/\/+$/, ''), key };
}
