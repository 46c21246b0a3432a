import { createInterface } from 'node:readline/promises';
import { Command } from 'commander';
import { example } from '../../command.ts';
import { connect, connecting } from '../../connection.ts';
import { Misuse } from '../../failure.ts';
import { say, type Terminal } from '../../terminal.ts';

export function deleteModel(terminal: Terminal): Command {
  const command = connecting(new Command('delete'))
    .description('delete a model with its predictions, monitors and incidents; asks for its name again')
    .argument('<model>', 'name of the model')
    .option('--yes', 'do not ask')
    .action(async (model: string, { yes, ...connection }) => {
      const client = connect(terminal, connection);
      if (!yes) await mustBeMeant(terminal, model);
      const name = encodeURIComponent(model);
      await client.call('DELETE', `/models/${name}?confirm=${name}`);
      say(terminal, `Deleted ${model}.`);
    });
  return example(command, 'tiltmeter model delete credit-risk-tset');
}

async function mustBeMeant({ stdin, stderr }: Terminal, model: string): Promise<void> {
  if (stdin?.isTTY !== true)
    throw new Misuse(`Nothing was deleted: nobody can be asked whether ${model} is meant`, 'Add --yes.');
  const line = createInterface({ input: stdin, output: stderr });
  try {
    const typed = await line.question(`This cannot be undone. Type the name of the model to delete it: `);
    if (typed.trim() !== model) throw new Misuse('Nothing was deleted: that is not its name');
  } finally {
    line.close();
  }
}
