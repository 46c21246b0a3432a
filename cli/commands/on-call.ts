import { Command } from 'commander';
import type { Rota } from '../../contract/rota.ts';
import { example, type MakeCommand } from '../command.ts';
import { connect, connecting } from '../connection.ts';
import { print } from '../print.ts';
import { moment, table } from '../table.ts';

export const onCall: MakeCommand = (terminal) => {
  const command = connecting(new Command('on-call'))
    .description('who is on call now in each rota, until when, and who is next')
    .option('--json', 'print JSON')
    .action(async (options) => {
      const { items } = await connect(terminal, options).call<{ items: Rota[] }>('GET', '/rotas');
      print(terminal, options.json, items, lines);
    });
  return example(command, 'tiltmeter on-call');
};

function lines(rotas: readonly Rota[]): string {
  if (rotas.length === 0) return 'There is no rota.';
  return table(
    ['rota', 'on call', 'until (UTC)', 'next', 'note'],
    rotas.map(({ name, now, next }) => [
      name,
      now?.name ?? 'nobody yet',
      moment(now?.to ?? next.from),
      next.name,
      now?.unreachable ?? '',
    ]),
  );
}
