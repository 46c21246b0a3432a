import { Command } from 'commander';
import { timeOf } from '../../mapping/time.ts';
import { example, type MakeCommand } from '../command.ts';
import { connect, connecting } from '../connection.ts';
import { Misuse } from '../failure.ts';
import { say } from '../terminal.ts';

export const label: MakeCommand = (terminal) => {
  const command = new Command('label').description('the truth about predictions');
  const send = connecting(new Command('send'))
    .description('the truth about one prediction; many come from files, with import --kind labels')
    .requiredOption('--model <model>', 'name of the model')
    .requiredOption('--id <id>', 'id of the prediction')
    .requiredOption('--label <value>', 'the truth: a class or a number')
    .option('--time <time>', 'when it became known; now when absent')
    .option('--source <source>', 'where it comes from; of a person their name')
    .option('--human', 'a person gave it: it counts before those that came by themselves')
    .action(async ({ model, id, label: value, time, source, human, ...connection }) => {
      const event = {
        model,
        id,
        label: value,
        ...(time === undefined ? {} : { time: timeOf(time) as string }),
        ...(source === undefined ? {} : { source }),
        ...(human ? { human: true } : {}),
      };
      const { stored, rejected } = await connect(terminal, connection).labels([event]);
      const [refused] = rejected;
      if (refused !== undefined) throw new Misuse(`${refused.message} (${refused.code})`);
      say(terminal, stored === 1 ? `Stored: ${id} was ${value}.` : 'It was there already.');
    });
  command.addCommand(
    example(send, 'tiltmeter label send --model credit-risk --id a1 --label deny --source back-office'),
  );
  return command;
};
