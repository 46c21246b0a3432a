import { Argument, Command, InvalidArgumentError } from 'commander';
import type { Tiltmeter } from '../../clients/typescript/tiltmeter.ts';
import type { Channel, Delivery } from '../../contract/channel.ts';
import type { Digest, DigestContent, DigestOnly } from '../../contract/digest.ts';
import { digestLines } from '../../contract/digest-words.ts';
import { example, type MakeCommand } from '../command.ts';
import { type ConnectionOptions, connect, connecting } from '../connection.ts';
import { Misuse } from '../failure.ts';
import { everything } from '../pages.ts';
import { print } from '../print.ts';
import { moment, table } from '../table.ts';
import { say } from '../terminal.ts';

const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

interface Matching {
  readonly model?: string[];
  readonly owner?: string[];
  readonly layer?: string[];
  readonly priority?: string;
}

export const digest: MakeCommand = (terminal) => {
  const command = new Command('digest').description('what happened in a day or a week, sent to a channel');
  const client = (options: ConnectionOptions) => connect(terminal, options);
  const every = () => new Argument('<every>', 'which digest').choices(['daily', 'weekly']);

  const list = connecting(new Command('list'))
    .description('digests that channels get, and when the next of each is due')
    .option('--json', 'print JSON')
    .action(async (options) => {
      const { items } = await client(options).call<{ items: Digest[] }>('GET', '/digests');
      print(terminal, options.json, items, lines);
    });
  command.addCommand(example(list, 'tiltmeter digest list'));

  const preview = matching(connecting(new Command('preview')))
    .description('what a digest would say of the past day, or week; nothing is sent')
    .addArgument(every().argOptional().default('daily'))
    .option('--channel <name>', 'of the models and owners that this channel is told of')
    .option('--zone <zone>', 'by the clocks of: Europe/Berlin', 'UTC')
    .option('--json', 'print JSON')
    .action(async (which, { channel, zone, json, ...options }) => {
      const server = client(options);
      const id = channel === undefined ? {} : { channel: await channelId(server, channel) };
      const body = { every: which, zone, only: onlyOf(options), ...id };
      const said = await server.call<DigestContent>('POST', '/digests/preview', body);
      print(terminal, json, said, (content) => digestLines(content).join('\n'));
    });
  command.addCommand(example(preview, 'tiltmeter digest preview weekly --layer model'));

  const set = matching(connecting(new Command('set')))
    .description('give a channel a digest, or change the one it gets')
    .argument('<channel>', 'name or id of the channel')
    .addArgument(every())
    .option('--at <time>', 'time of day: 07:30', '08:00')
    .option('--zone <zone>', 'by the clocks of: Europe/Berlin', 'UTC')
    .option('--days <list>', 'mon,tue,fri; Monday to Friday, or Monday, when absent', days)
    .action(async (name, which, { at, zone, days: on, ...options }) => {
      const server = client(options);
      const id = await channelId(server, name);
      const body = { at, zone, only: onlyOf(options), ...(on === undefined ? {} : { days: on }) };
      const { channel_name, next_at } = await server.call<Digest>('PUT', path(id, which), body);
      say(
        terminal,
        `${channel_name} gets a ${which} digest, ${next_at === null ? 'once it is switched on' : `next at ${moment(next_at)} UTC`}.`,
      );
    });
  command.addCommand(example(set, 'tiltmeter digest set risk-mail daily --at 07:30 --zone Europe/Berlin'));

  const send = connecting(new Command('send'))
    .description('send a channel its digest of the past day, or week, now')
    .argument('<channel>', 'name or id of the channel')
    .addArgument(every())
    .action(async (name, which, options) => {
      const server = client(options);
      const { id } = await server.call<Delivery>(
        'POST',
        `${path(await channelId(server, name), which)}/send`,
      );
      say(terminal, `On its way to ${name} as message ${id}.`);
    });
  command.addCommand(example(send, 'tiltmeter digest send risk-mail daily'));

  const remove = connecting(new Command('remove'))
    .description('send a channel no such digest any more')
    .argument('<channel>', 'name or id of the channel')
    .addArgument(every())
    .action(async (name, which, options) => {
      const server = client(options);
      await server.call('DELETE', path(await channelId(server, name), which));
      say(terminal, `${name} gets no ${which} digest any more.`);
    });
  command.addCommand(example(remove, 'tiltmeter digest remove risk-mail daily'));
  return command;
};

function matching(command: Command): Command {
  return command
    .option('--model <id...>', 'only of these models')
    .option('--owner <name...>', 'only of models of these owners')
    .option('--layer <layer...>', 'only incidents with an alert of these layers')
    .option('--priority <priority>', 'only incidents of this priority and more urgent ones: P2');
}

/** What the options leave; null when they leave nothing out. */
function onlyOf({
  model = [],
  owner = [],
  layer = [],
  priority,
}: Matching): Partial<Record<keyof DigestOnly, unknown>> | null {
  const none = model.length + owner.length + layer.length === 0 && priority === undefined;
  return none ? null : { models: model, owners: owner, layers: layer, priority: priority ?? null };
}

function days(text: string): number[] {
  return text.split(',').map((day) => {
    const at = DAYS.indexOf(day.trim().toLowerCase().slice(0, 3));
    if (at < 0) throw new InvalidArgumentError(`${day} is no day: ${DAYS.join(', ')}`);
    return at;
  });
}

const path = (channel: string, every: string) => `/channels/${encodeURIComponent(channel)}/digests/${every}`;

async function channelId(server: Tiltmeter, name: string): Promise<string> {
  const channels = await everything<Channel>(server, '/channels', {});
  const found = channels.find((channel) => channel.id === name || channel.name === name);
  if (found === undefined)
    throw new Misuse(
      `There is no channel called ${name}`,
      `There are: ${channels.map((each) => each.name).join(', ') || 'none'}`,
    );
  return found.id;
}

function lines(digests: readonly Digest[]): string {
  if (digests.length === 0) return 'No channel gets a digest; "tiltmeter digest set" gives it one.';
  return table(
    ['channel', 'digest', 'at', 'days', 'zone', 'next (UTC)', 'told up to (UTC)'],
    digests.map(({ channel_name, every, at, days: on, zone, next_at, told_to }) => [
      ...[channel_name, every, at, on.map((day) => DAYS[day]!).join(','), zone],
      ...[next_at === null ? 'switched off' : moment(next_at), moment(told_to)],
    ]),
  );
}
