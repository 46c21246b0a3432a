import { Command, InvalidArgumentError } from 'commander';
import { Matcher, type Silence, type SilencePreview } from '../../contract/silence.ts';
import { example, type MakeCommand } from '../command.ts';
import { type ConnectionOptions, connect, connecting } from '../connection.ts';
import { everything } from '../pages.ts';
import { print } from '../print.ts';
import { moment, table } from '../table.ts';
import { say } from '../terminal.ts';
import { milliseconds } from '../values.ts';

const DESCRIBED = 'such as model=credit-* or priority!=P1: model, owner, priority or cause; all must hold';

export const silence: MakeCommand = (terminal) => {
  const command = new Command('silence').description('of which incidents nobody is told, and for how long');
  const client = (options: ConnectionOptions) => connect(terminal, options);

  const list = connecting(new Command('list'))
    .description('silences and maintenance windows, the newest first')
    .option('--json', 'print JSON')
    .action(async (options) => {
      print(terminal, options.json, await everything<Silence>(client(options), '/silences', {}), lines);
    });
  command.addCommand(example(list, 'tiltmeter silence list'));

  const preview = connecting(new Command('preview'))
    .description('what a silence would have kept from people in the past days')
    .argument('<matcher...>', DESCRIBED)
    .option('--json', 'print JSON')
    .action(async (texts: string[], options) => {
      const body = { matchers: texts.map(matcher) };
      const found = await client(options).call<SilencePreview>('POST', '/silences/preview', body);
      print(terminal, options.json, found, inWords);
    });
  command.addCommand(example(preview, 'tiltmeter silence preview "model=credit-*" "priority!=P1"'));

  const add = connecting(new Command('add'))
    .description('tell nobody of incidents, from now on for a time')
    .argument('[matcher...]', DESCRIBED)
    .requiredOption('--for <length>', 'how long: 90m, 4h, 2d', milliseconds)
    .requiredOption('--comment <text>', 'why')
    .option('--everything', 'yes, nobody is to be told of any incident')
    .action(async (texts: string[], { for: length, comment, everything: all, ...options }) => {
      const { id, ends_at } = await client(options).call<Silence>('POST', '/silences', {
        ...{ matchers: texts.map(matcher), comment, everything: all ?? false },
        ends_at: terminal.clock() + length,
      });
      say(terminal, `Silenced until ${moment(ends_at)} UTC; "tiltmeter silence end ${id}" ends it before.`);
    });
  command.addCommand(example(add, 'tiltmeter silence add "model=credit-*" --for 4h --comment "backfill"'));

  const end = connecting(new Command('end'))
    .description('end it now; what goes on is told then')
    .argument('<id>', 'id of the silence')
    .action(async (id, options) => {
      await client(options).call('DELETE', `/silences/${encodeURIComponent(id)}`);
      say(terminal, `Ended ${id}.`);
    });
  command.addCommand(example(end, 'tiltmeter silence end 01a2b3'));
  return command;
};

function matcher(text: string): Matcher {
  const [, field, op, value] = /^(\w+)\s*(!?=)\s*(.+)$/.exec(text) ?? [];
  const { data } = Matcher.safeParse({ field, op, value });
  if (data === undefined) throw new InvalidArgumentError(`${text} is no matcher: ${DESCRIBED}`);
  return data;
}

const said = (matchers: readonly Matcher[]) =>
  matchers.map(({ field, op, value }) => `${field}${op}${value}`).join(' ') || 'every incident';

function lines(silences: readonly Silence[]): string {
  if (silences.length === 0) return 'Nothing is silenced.';
  return table(
    ['id', 'state', 'holds for', 'until (UTC)', 'silenced now', 'why'],
    silences.map((each) => [
      ...[each.id, each.state, said(each.matchers), moment(each.ends_at)],
      ...[`${each.silenced}`, `${each.comment} (${each.created_by})`],
    ]),
  );
}

function inWords(found: SilencePreview): string {
  const { days, incidents, silenced, messages, going_on, everything: all, examples } = found;
  return [
    `In the past ${days} days: ${silenced} of ${incidents} incidents, ${messages} messages; ${going_on} of them go on.`,
    ...(all ? ['It holds for every incident.'] : []),
    ...examples.map(
      ({ priority, model_names, title }) => `  ${priority}  ${model_names.join(', ')}: ${title}`,
    ),
  ].join('\n');
}
