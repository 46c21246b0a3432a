import { Command } from 'commander';
import { example, type MakeCommand } from '../command.ts';
import { connect, connecting } from '../connection.ts';
import { print } from '../print.ts';
import { repeated, subjectPath } from '../subject.ts';

export const subject: MakeCommand = (terminal) => {
  const command = connecting(new Command('subject'))
    .description(
      'all that is stored of a person: predictions and all that belongs to them (labels, outcomes, refused events, stage records, review items, labelled rows, telemetry), one object a line',
    )
    .argument('<model>', 'name of the model')
    .option('--id <id>', 'of a prediction; may be repeated', repeated, [])
    .option('--where <condition>', 'column:eq:value, of a feature or _tags.name; all must hold', repeated, [])
    .option('--json', 'print one JSON list')
    .action(async (model: string, { id, where, json, ...connection }) => {
      const path = subjectPath(model, 'export/subject', { id, where, format: 'json' });
      const rows = await connect(terminal, connection).call<object[]>('GET', path);
      print(terminal, json, rows, (all) => all.map((row) => JSON.stringify(row)).join('\n'));
    });
  return example(command, 'tiltmeter subject credit-risk --where customer:eq:4711 > 4711.ndjson');
};
