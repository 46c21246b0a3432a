import { createInterface } from 'node:readline/promises';
import { Command } from 'commander';
import { counted } from '../../contract/counted.ts';
import type { Erasure, SubjectSummary } from '../../contract/subject.ts';
import { inNumbers } from '../../contract/subject-counts.ts';
import { example, type MakeCommand } from '../command.ts';
import { connect, connecting } from '../connection.ts';
import { Misuse } from '../failure.ts';
import { print } from '../print.ts';
import { repeated, subjectPath } from '../subject.ts';
import { note, type Terminal } from '../terminal.ts';

export const erase: MakeCommand = (terminal) => {
  const command = connecting(new Command('erase'))
    .description(
      'erase what is stored of a person: predictions and all that belongs to them (labels, outcomes, refused events, stage records, review items, labelled rows, telemetry); asks before',
    )
    .argument('<model>', 'name of the model')
    .option('--id <id>', 'of a prediction; may be repeated', repeated, [])
    .option('--where <condition>', 'column:eq:value, of a feature or _tags.name; all must hold', repeated, [])
    .option('--yes', 'do not ask')
    .option('--json', 'print JSON')
    .action(async (model: string, { id, where, yes, json, ...connection }) => {
      const client = connect(terminal, connection);
      const summary = await client.call<SubjectSummary>('GET', subjectPath(model, 'subject', { id, where }));
      if (!yes) await mustBeMeant(terminal, model, summary);
      const begun = await client.call<Erasure>('DELETE', subjectPath(model, 'predictions', { id, where }));
      print(terminal, json, begun, inWords);
    });
  return example(
    command,
    'tiltmeter erase credit-risk --where customer:eq:4711',
    'tiltmeter erase credit-risk --id a1 --id a2 --yes',
  );
};

function inWords({ model, predictions, remains }: Erasure): string {
  return `Erasing ${counted(predictions, 'prediction')} of ${model} and what belongs to ${predictions === 1 ? 'it' : 'them'}, in the background.\n${remains}.`;
}

async function mustBeMeant(terminal: Terminal, model: string, summary: SubjectSummary): Promise<void> {
  const { stdin } = terminal;
  if (stdin?.isTTY !== true)
    throw new Misuse(
      `Nothing was erased: nobody can be asked whether it is meant (${inNumbers(summary)})`,
      'Add --yes.',
    );
  const line = createInterface({ input: stdin, output: terminal.stderr });
  try {
    note(terminal, `${inNumbers(summary)} of ${model}. ${summary.remains}.`);
    const typed = await line.question('This cannot be undone. Type the name of the model to erase them: ');
    if (typed.trim() !== model) throw new Misuse('Nothing was erased: that is not its name');
  } finally {
    line.close();
  }
}
