import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { appOptions } from '../../server/main.ts';
import { example, type MakeCommand } from '../command.ts';
import { demonstrate } from '../demo/demonstrate.ts';

/** Eighteen months of event time in about half a minute. */
const SPEED = 20;

export const demo: MakeCommand = (terminal, exit) => {
  const command = new Command('demo')
    .description('real data sets with real drift, replayed into the present through a server of its own')
    .option('--host <address>', 'address to listen on (default 127.0.0.1)')
    .option('--port <number>', 'port to listen on (default 8765)')
    .option('--data <folder>', 'keep the data here instead of in a temporary folder')
    .option('--speed <days>', 'days of event time per second, or "max"', speed, SPEED)
    .option('--once', 'end when the replay is stored and judged, with exit code 0, instead of going on')
    .action(async (options) => {
      const dataDir = options.data ?? (await mkdtemp(join(tmpdir(), 'tiltmeter-demo-')));
      const env = { TILTMETER_LOG_LEVEL: 'error', ...terminal.env };
      try {
        const found = await demonstrate(terminal, {
          app: appOptions({ host: options.host, port: options.port, data: dataDir }, env),
          speed: options.speed,
          once: options.once ?? false,
        });
        if (found === 0) exit(1);
      } finally {
        if (options.data === undefined) await rm(dataDir, { recursive: true, force: true });
      }
    });
  return example(command, 'tiltmeter demo', 'tiltmeter demo --once --speed max --data ./demo-data');
};

function speed(text: string): number {
  if (text === 'max') return Number.POSITIVE_INFINITY;
  const days = Number(text);
  if (!(days > 0)) throw new InvalidArgumentError('Speed is a number of days above 0, or "max".');
  return days;
}
