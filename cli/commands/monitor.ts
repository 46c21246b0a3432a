import { Command } from 'commander';
import type { Monitor } from '../../contract/monitor.ts';
import { example, type MakeCommand } from '../command.ts';
import { connect, connecting } from '../connection.ts';
import { everything } from '../pages.ts';
import { print } from '../print.ts';
import { table } from '../table.ts';

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
