import { Command, Option } from 'commander';
import type { Tiltmeter } from '../../clients/typescript/tiltmeter.ts';
import { Found, type Incident, IncidentChange } from '../../contract/incident.ts';
import { example, type MakeCommand } from '../command.ts';
import { type ConnectionOptions, connect, connecting } from '../connection.ts';
import { everything } from '../pages.ts';
import { print } from '../print.ts';
import { moment, table } from '../table.ts';
import { say } from '../terminal.ts';
import { lifeCommands } from './incident/life.ts';

export const incident: MakeCommand = (terminal) => {
  const command = new Command('incident').description('what went wrong, since when and why');
  const client = (options: ConnectionOptions): Tiltmeter => connect(terminal, options);
  const address = (id: string) => `/incidents/${encodeURIComponent(id)}`;

  const list = connecting(new Command('list'))
    .description('incidents, the newest first')
    .option('--model <model>', 'only those of one model')
    .option('--status <status>', 'open, acknowledged or resolved')
    .option('--json', 'print JSON')
    .action(async (options) => {
      const { model, status } = options;
      const incidents = await everything<Incident>(client(options), '/incidents', { model, status });
      print(terminal, options.json, incidents, lines);
    });
  command.addCommand(example(list, 'tiltmeter incident list --status open'));

  const show = connecting(new Command('show'))
    .description('one incident: its causes and its alerts')
    .argument('<id>', 'id of the incident')
    .option('--json', 'print JSON')
    .action(async (id, options) => {
      print(terminal, options.json, await client(options).call<Incident>('GET', address(id)), page);
    });
  command.addCommand(example(show, 'tiltmeter incident show 01a2b3'));

  const ack = connecting(new Command('ack'))
    .description('say that somebody is on it')
    .argument('<id>', 'id of the incident')
    .action(async (id, options) => {
      await client(options).call('PATCH', address(id), { status: 'acknowledged' });
      say(terminal, `Acknowledged ${id}.`);
    });
  command.addCommand(example(ack, 'tiltmeter incident ack 01a2b3'));

  for (const each of lifeCommands(terminal)) command.addCommand(each);

  const resolve = connecting(new Command('resolve'))
    .description('close it, with what it turned out to be')
    .argument('<id>', 'id of the incident')
    .addOption(
      new Option('--verdict <verdict>', 'what it was').choices(
        IncidentChange.shape.verdict.unwrap().unwrap().options,
      ),
    )
    .addOption(new Option('--found <cause>', 'what it turned out to be caused by').choices(Found.options))
    .option('--comment <text>', 'what was found and done')
    .action(async (id, { verdict, found, comment, ...options }) => {
      await client(options).call('PATCH', address(id), { status: 'resolved', verdict, found, comment });
      say(terminal, `Resolved ${id}.`);
    });
  command.addCommand(
    example(
      resolve,
      'tiltmeter incident resolve 01a2b3 --verdict real --found unit_change --comment "cents for euros, fixed upstream"',
    ),
  );
  return command;
};

function lines(incidents: readonly Incident[]): string {
  if (incidents.length === 0) return 'There is no incident.';
  return table(
    ['id', 'model', 'priority', 'status', 'since (UTC)', 'what'],
    incidents.map((i) => [i.id, i.model, i.priority, i.status, moment(i.started_at), i.title]),
  );
}

function page(incident: Incident): string {
  const { title, model, priority, status, assignee, started_at, resolved_at } = incident;
  const over = resolved_at === null ? 'still going' : `over since ${moment(resolved_at)}`;
  const causes = incident.causes.map((c) => `  ${Math.round(c.confidence * 100)} %  ${c.sentence}`);
  const alerts = incident.alerts.map(
    (a) =>
      `  ${a.state}  ${a.kind}${a.column === '' ? '' : ` of ${a.column}`} since ${moment(a.since)}: ${a.reason}`,
  );
  return [
    title,
    `${model}, ${priority}, ${status}${assignee === null ? '' : `, assigned to ${assignee}`}; since ${moment(started_at)} UTC, ${over}`,
    '',
    'Causes, by their share of the evidence:',
    ...(causes.length === 0 ? ['  none named'] : causes),
    '',
    'Alerts:',
    ...alerts,
  ].join('\n');
}
