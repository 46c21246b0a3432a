import { Command } from 'commander';
import type { ServerPrivacy } from '../../contract/privacy.ts';
import { example, type MakeCommand } from '../command.ts';
import { connect, connecting } from '../connection.ts';
import { print } from '../print.ts';
import { privacyRules, rulesInWords } from '../privacy-rules.ts';

export const privacy: MakeCommand = (terminal) => {
  const command = new Command('privacy').description(
    'what becomes of values of all models before anything of them is stored',
  );
  const show = connecting(new Command('show'))
    .description('the rules of all models; "model show" has those of one')
    .option('--json', 'print JSON')
    .action(async (options) => {
      const found = await connect(terminal, options).call<ServerPrivacy>('GET', '/privacy');
      print(terminal, options.json, found, inWords);
    });
  command.addCommand(example(show, 'tiltmeter privacy show'));

  const set = connecting(new Command('set'))
    .description('sets the rules of all models, also of those that do not exist yet; "" for none')
    .argument(
      '<rules>',
      'between commas: drop:email*, hash:*_name, bucket:age=10, bucket:postcode=2c',
      privacyRules,
    )
    .option('--json', 'print JSON')
    .action(async (rules, options) => {
      const set = await connect(terminal, options).call<ServerPrivacy>('PUT', '/privacy', { rules });
      print(terminal, options.json, set, inWords);
    });
  command.addCommand(example(set, 'tiltmeter privacy set "drop:email*, hash:*_name, bucket:age=10"'));
  return command;
};

const inWords = ({ rules }: ServerPrivacy) => `all models  ${rulesInWords(rules)}`;
