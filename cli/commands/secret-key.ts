import { Command } from 'commander';
import { rotateSecretKey } from '../../server/main.ts';
import { example, type MakeCommand } from '../command.ts';
import { say } from '../terminal.ts';

export const secretKey: MakeCommand = (terminal) => {
  const command = new Command('secret-key').description('the key that secrets are encrypted with');
  const rotate = new Command('rotate')
    .description('puts a new key in front of the others in the data folder; the next start encrypts with it')
    .option('--data <folder>', 'data folder (TILTMETER_DATA; default ./tiltmeter-data)')
    .action(({ data }) => {
      const folder = data ?? terminal.env.TILTMETER_DATA ?? './tiltmeter-data';
      rotateSecretKey(folder);
      say(
        terminal,
        `There is a new key in ${folder}. Start the server again: it encrypts what is stored with it.`,
      );
    });
  command.addCommand(example(rotate, 'tiltmeter secret-key rotate --data /var/lib/tiltmeter'));
  return command;
};
