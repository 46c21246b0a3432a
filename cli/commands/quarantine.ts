import { Command } from 'commander';
import type { ModelQuarantine, Quarantine } from '../../contract/quarantine.ts';
import { example, type MakeCommand } from '../command.ts';
import { connect, connecting } from '../connection.ts';
import { print } from '../print.ts';
import { moment, table } from '../table.ts';
import { say } from '../terminal.ts';
import { milliseconds } from '../values.ts';

export const quarantine: MakeCommand = (terminal) => {
  const command = new Command('quarantine').description('what of a model is not to be relied on');
  const address = (model: string) => `/models/${encodeURIComponent(model)}/quarantine`;

  const list = connecting(new Command('list'))
    .description('what of a model is flagged now')
    .argument('<model>', 'name of the model')
    .option('--json', 'print JSON')
    .action(async (model: string, options) => {
      const found = await connect(terminal, options).call<ModelQuarantine>('GET', address(model));
      print(terminal, options.json, found, ({ flags }) => lines(flags));
    });
  command.addCommand(example(list, 'tiltmeter quarantine list credit-risk'));

  const add = connecting(new Command('add'))
    .description('flag a column, a segment or, without either, the whole model')
    .argument('<model>', 'name of the model')
    .requiredOption('--reason <text>', 'why')
    .option('--column <name>', 'the column')
    .option('--segment <name>', 'the segment, such as country=FR')
    .option('--for <length>', 'how long: 90m, 4h, 2d; until somebody ends it when absent', milliseconds)
    .action(async (model: string, { reason, column, segment, for: length, ...options }) => {
      const part = column
        ? { of: 'column', name: column }
        : segment
          ? { of: 'segment', name: segment }
          : { of: 'model' };
      const until = length === undefined ? null : terminal.clock() + length;
      const body = { ...part, reason, until };
      const { id } = await connect(terminal, options).call<Quarantine>('POST', address(model), body);
      say(terminal, `Flagged; "tiltmeter quarantine end ${model} ${id}" ends it.`);
    });
  command.addCommand(
    example(add, 'tiltmeter quarantine add credit-risk --column income --for 4h --reason "backfill"'),
  );

  const end = connecting(new Command('end'))
    .description('end a flag now')
    .argument('<model>', 'name of the model')
    .argument('<id>', 'id of the flag')
    .action(async (model: string, id: string, options) => {
      await connect(terminal, options).call('DELETE', `${address(model)}/${encodeURIComponent(id)}`);
      say(terminal, `Ended ${id}.`);
    });
  command.addCommand(example(end, 'tiltmeter quarantine end credit-risk 01a2b3.0'));
  return command;
};

function lines(flags: readonly Quarantine[]): string {
  if (flags.length === 0) return 'Nothing is flagged.';
  return table(
    ['id', 'what', 'until (UTC)', 'why', 'by'],
    flags.map(({ id, of, name, until, reason, by }) => [
      ...[id, `${of} ${name}`.trim(), until === null ? 'somebody ends it' : moment(until), reason, by],
    ]),
  );
}
