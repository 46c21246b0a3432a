import { Command } from 'commander';
import { serve as serving } from '../../server/main.ts';
import { example, type MakeCommand } from '../command.ts';
import { say } from '../terminal.ts';

export const serve: MakeCommand = (terminal) => {
  const command = new Command('serve')
    .description('the server, until Ctrl-C')
    .option('--host <address>', 'address to listen on (TILTMETER_HOST; default 127.0.0.1)')
    .option('--port <number>', 'port to listen on (TILTMETER_PORT; default 8765)')
    .option('--data <folder>', 'data folder (TILTMETER_DATA; default ./tiltmeter-data)')
    .action((options) => serving(options, terminal.env, (line) => say(terminal, line)));
  return example(command, 'tiltmeter serve --data /var/lib/tiltmeter --port 8765');
};
