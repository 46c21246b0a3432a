import { Command } from 'commander';
import type { ActionRun } from '../../contract/action.ts';
import { example, type MakeCommand } from '../command.ts';
import { connect, connecting } from '../connection.ts';
import { print } from '../print.ts';
import { moment, table } from '../table.ts';
import { say } from '../terminal.ts';

export const action: MakeCommand = (terminal) => {
  const command = new Command('action').description('what was done about models, and what waits for a yes');

  const list = connecting(new Command('list'))
    .description('the newest 100 times that actions were due')
    .option('--model <name>', 'of one model')
    .option('--waiting', 'only those that wait for somebody to say yes')
    .option('--json', 'print JSON')
    .action(async ({ model, waiting, ...options }) => {
      const of = model === undefined ? '/action-runs' : `/models/${encodeURIComponent(model)}/action-runs`;
      const path = waiting ? `${of}?state=asked` : of;
      const { items } = await connect(terminal, options).call<{ items: ActionRun[] }>('GET', path);
      print(terminal, options.json, items, lines);
    });
  command.addCommand(example(list, 'tiltmeter action list --waiting'));

  for (const [name, does, done] of [
    ['approve', 'say yes to an action that waits for it', 'Approved'],
    ['refuse', 'say no to an action that waits for a yes', 'Refused'],
  ] as const) {
    const decide = connecting(new Command(name))
      .description(does)
      .argument('<id>', 'id of the run, as "tiltmeter action list" prints it')
      .option('--comment <text>', 'why', '')
      .action(async (id: string, { comment, ...options }) => {
        const path = `/action-runs/${encodeURIComponent(id)}/${name}`;
        const run = await connect(terminal, options).call<ActionRun>('POST', path, { comment });
        say(terminal, `${done} ${run.name} for ${run.model}.`);
      });
    command.addCommand(example(decide, `tiltmeter action ${name} 01a2b3 --comment "after the backfill"`));
  }
  return command;
};

function lines(runs: readonly ActionRun[]): string {
  if (runs.length === 0) return 'No action was due.';
  return table(
    ['id', 'at (UTC)', 'action', 'model', 'state', 'outcome', 'because'],
    runs.map(({ id, asked_at, name, model, state, outcome, because }) => [
      ...[id, moment(asked_at), name, model, state, outcome?.verdict ?? '', because],
    ]),
  );
}
