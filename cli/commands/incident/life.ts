import { Command } from 'commander';
import type { Tiltmeter } from '../../../clients/typescript/tiltmeter.ts';
import type { Incident } from '../../../contract/incident.ts';
import { example } from '../../command.ts';
import { type ConnectionOptions, connect, connecting } from '../../connection.ts';
import { say, type Terminal } from '../../terminal.ts';
import { milliseconds } from '../../values.ts';

/** What people do with an incident between its beginning and its end. */
export function lifeCommands(terminal: Terminal): Command[] {
  const commands: Command[] = [];
  const client = (options: ConnectionOptions): Tiltmeter => connect(terminal, options);
  const address = (id: string) => `/incidents/${encodeURIComponent(id)}`;

  const assign = connecting(new Command('assign'))
    .description('say who looks after it')
    .argument('<id>', 'id of the incident')
    .argument('[who]', 'an email or a name; nobody when absent')
    .action(async (id, who, options) => {
      await client(options).call('PATCH', address(id), { assignee: who ?? null });
      say(terminal, who === undefined ? `${id} is assigned to nobody.` : `Assigned ${id} to ${who}.`);
    });
  commands.push(example(assign, 'tiltmeter incident assign 01a2b3 maria@example.org'));

  const snooze = connecting(new Command('snooze'))
    .description('be reminded of it later: after a time, or when it changes')
    .argument('<id>', 'id of the incident')
    .option('--for <length>', 'how long, such as 4h or 2d; until it changes when absent', milliseconds)
    .action(async (id, { for: length, ...options }) => {
      const until = length === undefined ? null : terminal.clock() + length;
      const { snoozed } = await client(options).call<Incident>('PATCH', address(id), { snooze: { until } });
      say(terminal, `Snoozed ${id} until ${snoozed?.until ?? 'it changes'}.`);
    });
  commands.push(example(snooze, 'tiltmeter incident snooze 01a2b3 --for 4h'));

  const merge = connecting(new Command('merge'))
    .description('make other incidents one with this')
    .argument('<id>', 'id of the incident that stays')
    .argument('<other...>', 'ids of those that become part of it')
    .action(async (id, from: string[], options) => {
      await client(options).call('POST', `${address(id)}/merge`, { from });
      say(terminal, `Merged ${from.join(', ')} into ${id}.`);
    });
  commands.push(example(merge, 'tiltmeter incident merge 01a2b3 01a2b9'));

  const postmortem = connecting(new Command('postmortem'))
    .description('it as a post-mortem in Markdown, figures filled in')
    .argument('<id>', 'id of the incident')
    .action(async (id, options) => {
      say(terminal, await client(options).call<string>('GET', `${address(id)}/postmortem`));
    });
  commands.push(example(postmortem, 'tiltmeter incident postmortem 01a2b3 > postmortem.md'));

  return commands;
}
