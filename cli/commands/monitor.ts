import { Command, InvalidArgumentError, Option } from 'commander';
import type { Monitor, MonitorChange, MonitorOptions } from '../../contract/monitor.ts';
import { example, type MakeCommand } from '../command.ts';
import { connect, connecting } from '../connection.ts';
import { Misuse } from '../failure.ts';
import { everything } from '../pages.ts';
import { print } from '../print.ts';
import { table } from '../table.ts';
import { names, number } from '../values.ts';

export const monitor: MakeCommand = (terminal) => {
  const command = new Command('monitor').description('what is watched');
  const list = connecting(new Command('list'))
    .description('every monitor with its options')
    .option('--model <model>', 'only those of one model')
    .option('--json', 'print JSON')
    .action(async (options) => {
      const monitors = await everything<Monitor>(connect(terminal, options), '/monitors', {
        model: options.model,
      });
      print(terminal, options.json, monitors, lines);
    });
  command.addCommand(example(list, 'tiltmeter monitor list --model credit-risk'));

  const set = connecting(new Command('set'))
    .description('change a monitor, or switch it on or off; options that are not named stay')
    .argument('<id>', 'id of the monitor')
    .option('--threshold <number>', 'when it opens', number)
    .addOption(new Option('--severity <severity>', 'how urgent it is').choices(['page', 'ticket']))
    .option('--columns <names>', 'columns it looks at: all, or names between commas')
    .option('--on', 'switch it on')
    .option('--off', 'switch it off')
    .option(
      '--option <name=value>',
      'another option of its kind; repeatable; an empty value takes it back',
      option,
      {},
    )
    .option('--json', 'print JSON')
    .action(
      async (id: string, { threshold, severity, columns, on, off, option: more, json, ...connection }) => {
        if (on && off) throw new Misuse('--on and --off at once', 'Give one of them.');
        const given: MonitorOptions = {
          ...more,
          ...(threshold === undefined ? {} : { threshold }),
          ...(columns === undefined ? {} : { columns: columns === 'all' ? 'all' : names(columns) }),
        };
        const client = connect(terminal, connection);
        const change: MonitorChange = {
          ...(Object.keys(given).length === 0 ? {} : { options: await merged(client, id, given) }),
          ...(severity === undefined ? {} : { severity }),
          ...(on || off ? { enabled: Boolean(on) } : {}),
        };
        if (Object.keys(change).length === 0)
          throw new Misuse(
            'Nothing to change',
            'Name what: --threshold, --severity, --columns, --on, --off, --option.',
          );
        const changed = await client.call<Monitor>('PATCH', `/monitors/${encodeURIComponent(id)}`, change);
        print(terminal, json, changed, (each) => lines([each]));
      },
    );
  command.addCommand(
    example(
      set,
      'tiltmeter monitor set 01a2b3 --threshold 0.2 --severity page',
      'tiltmeter monitor set 01a2b3 --columns age,income',
      'tiltmeter monitor set 01a2b3 --off',
    ),
  );
  return command;
};
function lines(monitors: readonly Monitor[]): string {
  if (monitors.length === 0) return 'There is no monitor.';
  return table(
    ['id', 'model', 'kind', 'severity', 'origin', 'enabled', 'options'],
    monitors.map((m) => [
      m.id,
      m.model,
      m.kind,
      m.severity,
      m.origin,
      m.enabled ? 'yes' : 'no',
      JSON.stringify(m.options),
    ]),
  );
}

/** The options that a monitor has, with those that were named; the API takes all or none. */
async function merged(
  client: ReturnType<typeof connect>,
  id: string,
  given: Readonly<Record<string, MonitorOptions[string] | null>>,
): Promise<MonitorOptions> {
  const found = (await everything<Monitor>(client, '/monitors')).find((each) => each.id === id);
  if (found === undefined)
    throw new Misuse(`There is no monitor ${id}`, '"tiltmeter monitor list" shows those there are.');
  const all = { ...found.options, ...given };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null)) as MonitorOptions;
}

/** `name=value`: a number, true or false, else text; null for nothing. */
function option(text: string, before: Record<string, unknown>): Record<string, unknown> {
  const at = text.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('Write NAME=VALUE.');
  const [name, value] = [text.slice(0, at), text.slice(at + 1)];
  return { ...before, [name]: optionValue(value) };
}

function optionValue(text: string): MonitorOptions[string] | null {
  if (text === '') return null;
  if (text === 'true' || text === 'false') return text === 'true';
  return Number.isFinite(Number(text)) ? Number(text) : text;
}
