import { Command, InvalidArgumentError } from 'commander';
import type { z } from 'zod';
import type { Tiltmeter } from '../../clients/typescript/tiltmeter.ts';
import { KeyScope, type NewKeyReply } from '../../contract/key.ts';
import { example, type MakeCommand } from '../command.ts';
import { type ConnectionOptions, connect, connecting } from '../connection.ts';
import { Misuse } from '../failure.ts';
import { localServer } from '../local.ts';
import { say, type Terminal } from '../terminal.ts';
import { days } from '../values.ts';

export const key: MakeCommand = (terminal) => {
  const command = new Command('key').description('API keys');
  const make = connecting(new Command('make'))
    .description('a new API key; its secret is printed once, alone on stdout')
    .requiredOption('--name <name>', 'what it is for')
    .option(
      '--scope <scope>',
      `what it may do: ${KeyScope.options.join(', ')}; repeatable; ingest when absent`,
      scope,
      [],
    )
    .option('--model <model>', 'the models it is for; repeatable; all when absent', many, [])
    .option('--owner <id>', 'id of the person or service account whose it is')
    .option('--expires <days>', 'days until it ends; none when absent', days)
    .option('--data <folder>', 'data folder of the server, whose owner needs no key (TILTMETER_DATA)')
    .option('--json', 'print JSON')
    .action(async ({ name, scope: asked, model, owner, expires, data, json, ...connection }) => {
      const scopes = asked.length > 0 ? asked : ['ingest'];
      const body = {
        ...{ name, scopes },
        ...(model.length > 0 ? { models: model } : {}),
        ...(owner ? { owner } : {}),
        ...(expires ? { expires_in_days: expires } : {}),
      };
      const made = await clientOf(terminal, connection, data).call<z.infer<typeof NewKeyReply>>(
        'POST',
        '/keys',
        body,
      );
      if (json) return say(terminal, JSON.stringify(made, null, 2));
      terminal.stderr.write(`Key "${made.name}" with ${made.scopes.join(', ')}; it is shown only now:\n`);
      say(terminal, made.secret);
    });
  command.addCommand(
    example(
      make,
      'tiltmeter key make --name training-pipeline --scope ingest --scope write',
      'export TILTMETER_KEY=$(tiltmeter key make --name laptop --scope write --data ./tiltmeter-data)',
    ),
  );
  return command;
};

/** With the key that was given; without one as the owner of the data folder. */
function clientOf(terminal: Terminal, options: ConnectionOptions, data: string | undefined): Tiltmeter {
  if ((data === undefined && options.key) ?? terminal.env.TILTMETER_KEY) return connect(terminal, options);
  const { client, folder } = localServer(terminal, data);
  if (client !== undefined) return client;
  throw new Misuse(
    `No server of ${folder} runs`,
    'Start it with "tiltmeter serve", or give a key with --key.',
  );
}

function many(text: string, before: readonly string[]): string[] {
  return [...before, text];
}

function scope(text: string, before: string[]): string[] {
  const known: readonly string[] = KeyScope.options;
  if (!known.includes(text)) throw new InvalidArgumentError(`It must be one of ${known.join(', ')}.`);
  return [...before, text];
}
