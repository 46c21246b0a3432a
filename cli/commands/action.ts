import { Command } from 'commander';
import type { Tiltmeter } from '../../clients/typescript/tiltmeter.ts';
import type { Action, ActionRun } from '../../contract/action.ts';
import { example, type MakeCommand } from '../command.ts';
import { connect, connecting } from '../connection.ts';
import { Misuse } from '../failure.ts';
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

  const ask = connecting(new Command('ask'))
    .description('ask for an action for a model of an incident that goes on')
    .argument('<action>', 'name or id of the action')
    .requiredOption('--incident <id>', 'id of the incident, as "tiltmeter incident list" prints it')
    .option('--model <name>', 'which of its models, where it has several')
    .option('--reason <text>', 'why; the title of the incident when absent')
    .action(async (name: string, { incident, model, reason, ...options }) => {
      const server = connect(terminal, options);
      const id = await actionId(server, name);
      const body = { incident, ...(model && { model }), ...(reason && { reason }) };
      const run = await server.call<ActionRun>('POST', `/actions/${encodeURIComponent(id)}/runs`, body);
      say(terminal, askedWords(run));
    });
  command.addCommand(
    example(ask, 'tiltmeter action ask Retrain --incident 01a2b3 --reason "the backfill is done"'),
  );

  const promote = connecting(new Command('promote'))
    .description('ask for a version of a model to be the one that answers')
    .argument('<action>', 'name or id of an action of the kind release')
    .requiredOption('--model <name>', 'name of the model')
    .requiredOption('--release <version>', 'the version, as predictions name it')
    .option('--reason <text>', 'why')
    .action(async (name: string, { model, release, reason, ...options }) => {
      const server = connect(terminal, options);
      const body = { action: await actionId(server, name), version: release, ...(reason && { reason }) };
      const path = `/models/${encodeURIComponent(model)}/releases`;
      say(terminal, askedWords(await server.call<ActionRun>('POST', path, body)));
    });
  command.addCommand(
    example(promote, 'tiltmeter action promote Release --model credit-risk --release 2026-11-20'),
  );

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

function askedWords({ id, name, model_name, state, expires_at }: ActionRun): string {
  const next = state === 'asked' ? `waits for a yes until ${moment(expires_at!)} UTC` : 'begins now';
  return `Asked for ${name} for ${model_name} (${id}): it ${next}.`;
}

async function actionId(server: Tiltmeter, name: string): Promise<string> {
  const { items } = await server.call<{ items: Action[] }>('GET', '/actions');
  const found = items.find((each) => each.name === name || each.id === name);
  if (found !== undefined) return found.id;
  const names = items.map((each) => each.name).join(', ');
  throw new Misuse(`There is no action ${name}; there ${names === '' ? 'is none at all' : `are: ${names}`}`);
}

function lines(runs: readonly ActionRun[]): string {
  if (runs.length === 0) return 'No action was due.';
  return table(
    ['id', 'at (UTC)', 'action', 'model', 'state', 'outcome', 'because'],
    runs.map(({ id, asked_at, name, model, state, outcome, because }) => [
      ...[id, moment(asked_at), name, model, state, outcome?.verdict ?? '', because],
    ]),
  );
}
