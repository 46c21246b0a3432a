import { Command, InvalidArgumentError } from 'commander';
import type { LinkTemplate } from '../../contract/link.ts';
import { LINK_PRESETS } from '../../contract/link-presets.ts';
import { LINK_PLACES, type LinkPlace } from '../../contract/link-template.ts';
import { example, type MakeCommand } from '../command.ts';
import { type ConnectionOptions, connect, connecting } from '../connection.ts';
import { print } from '../print.ts';
import { table } from '../table.ts';
import { say } from '../terminal.ts';

const PLACES = Object.keys(LINK_PLACES) as LinkPlace[];

export const link: MakeCommand = (terminal) => {
  const command = new Command('link').description(
    'links from pages to other systems: Jaeger, Grafana, Kibana',
  );
  const client = (options: ConnectionOptions) => connect(terminal, options);

  const list = connecting(new Command('list'))
    .description('links to other systems, and on which pages they are shown')
    .option('--json', 'print JSON')
    .action(async (options) => {
      const { items } = await client(options).call<{ items: LinkTemplate[] }>('GET', '/links');
      print(terminal, options.json, items, lines);
    });
  command.addCommand(example(list, 'tiltmeter link list'));

  const presets = new Command('presets')
    .description('addresses to begin with, and the values of each page')
    .option('--json', 'print JSON')
    .action((options) => {
      print(terminal, options.json, LINK_PRESETS, (known) =>
        [lines(known.map(({ id, ...each }) => ({ ...each, name: id }))), '', values()].join('\n'),
      );
    });
  command.addCommand(example(presets, 'tiltmeter link presets'));

  const set = connecting(new Command('set'))
    .description('make a link, or change the one of that name')
    .argument('<name>', 'what people read')
    .requiredOption('--where <pages>', `on which pages: ${PLACES.join(',')}`, places)
    .requiredOption('--to <address>', 'with {trace_id}, {model} … in place of what is shown')
    .action(async (name, { where, to, ...options }) => {
      const made = await client(options).call<LinkTemplate>('PUT', path(name), { where, url: to });
      say(terminal, `${made.name} is shown on: ${made.where.join(', ')}.`);
    });
  command.addCommand(
    example(
      set,
      `tiltmeter link set Jaeger --where prediction,trace --to 'https://jaeger.example.org/trace/{trace_id}'`,
    ),
  );

  const remove = connecting(new Command('remove'))
    .description('show a link no more')
    .argument('<name>', 'name of the link')
    .action(async (name, options) => {
      await client(options).call('DELETE', path(name));
      say(terminal, `${name} is not shown any more.`);
    });
  command.addCommand(example(remove, 'tiltmeter link remove Jaeger'));
  return command;
};

const path = (name: string) => `/links/${encodeURIComponent(name)}`;

function places(text: string): LinkPlace[] {
  return text.split(',').map((each) => {
    const found = PLACES.find((place) => place === each.trim());
    if (found === undefined) throw new InvalidArgumentError(`${each} is none of ${PLACES.join(', ')}`);
    return found;
  });
}

function lines(links: readonly { name: string; where: readonly string[]; url: string }[]): string {
  if (links.length === 0) return 'No links.';
  return table(
    ['name', 'where', 'to'],
    links.map(({ name, where, url }) => [name, where.join(','), url]),
  );
}

const values = () =>
  table(
    ['page', 'values'],
    Object.entries(LINK_PLACES).map(([place, known]) => [place, known.map((name) => `{${name}}`).join(' ')]),
  );
