import { Command, InvalidArgumentError } from 'commander';
import { example, type MakeCommand } from '../command.ts';
import type { Finding } from '../doctor/check.ts';
import { engineVersion } from '../doctor/engine-probe.ts';
import { port } from '../doctor/port.ts';
import { engine, node, system } from '../doctor/runtime.ts';
import { dataFolder, diskSpace } from '../doctor/storage.ts';
import { print } from '../print.ts';
import { paint, type Terminal } from '../terminal.ts';

export const doctor: MakeCommand = (terminal, exit) => {
  const { env } = terminal;
  const command = new Command('doctor')
    .description('checks this installation and says what to do')
    .option('--data <folder>', 'data folder', env.TILTMETER_DATA ?? './tiltmeter-data')
    .option('--host <address>', 'address to listen on', env.TILTMETER_HOST ?? '127.0.0.1')
    .option('--port <number>', 'port to listen on (default 8765)', portNumber)
    .option('--json', 'print JSON')
    .action(async (options) => {
      const lakeUrl = env.TILTMETER_LAKE_URL;
      const number: number = options.port ?? portNumber(env.TILTMETER_PORT ?? '8765');
      const findings = await Promise.all([
        node(),
        system(lakeUrl),
        engine(engineVersion, lakeUrl),
        dataFolder(options.data),
        diskSpace(options.data),
        port(options.host, number),
      ]);
      print(terminal, options.json, findings, (found) => lines(terminal, found));
      if (findings.some(({ ok }) => !ok)) exit(1);
    });
  return example(command, 'tiltmeter doctor --data /var/lib/tiltmeter');
};

/** An option value as a port; throws commander's error otherwise. */
export function portNumber(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 0 || number > 65_535) {
    throw new InvalidArgumentError('A port is a whole number from 0 to 65535.');
  }
  return number;
}

function lines(terminal: Terminal, findings: readonly Finding[]): string {
  const { green, red } = paint(terminal, terminal.stdout);
  return findings
    .flatMap(({ check, ok, found, fix }) => [
      `${ok ? green('ok  ') : red('bad ')} ${check.padEnd(12)} ${found}`,
      ...(fix === undefined ? [] : [`     ${fix}`]),
    ])
    .join('\n');
}
