import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Command } from 'commander';
import type { Reference } from '../../contract/reference.ts';
import { example, type MakeCommand } from '../command.ts';
import { connect, connecting } from '../connection.ts';
import { Misuse } from '../failure.ts';
import { everything } from '../pages.ts';
import { print } from '../print.ts';
import { moment, table } from '../table.ts';

const MEDIA: Record<string, string> = {
  csv: 'text/csv',
  jsonl: 'application/x-ndjson',
  ndjson: 'application/x-ndjson',
};

export const reference: MakeCommand = (terminal) => {
  const command = new Command('reference').description('what normal looks like');

  const add = connecting(new Command('add'))
    .description('rows of a file (the training set) as reference of a model')
    .argument('<file>', 'CSV or JSONL, plain or .gz')
    .requiredOption('--model <model>', 'name of the model')
    .option('--name <name>', 'name of the reference; the file name when absent')
    .option('--prediction <column>', 'column that holds the prediction')
    .option('--score <column>', 'column that holds the score')
    .option('--label <column>', 'column that holds the label')
    .option('--json', 'print JSON')
    .action(async (file: string, options) => {
      const plain = file.replace(/\.gz$/i, '');
      const media = MEDIA[plain.slice(plain.lastIndexOf('.') + 1).toLowerCase()];
      if (media === undefined)
        throw new Misuse(`${file} is neither CSV nor JSONL`, 'Name it .csv, .jsonl or .ndjson.');
      const bytes = await readFile(file);
      const search = new URLSearchParams({ name: options.name ?? basename(plain) });
      for (const role of ['prediction', 'score', 'label']) {
        if (options[role] !== undefined) search.set(role, options[role]);
      }
      const path = `/models/${encodeURIComponent(options.model)}/references/file?${search}`;
      const body = new Uint8Array(plain === file ? bytes : gunzipSync(bytes));
      const made = await connect(terminal, options).upload<Reference>(path, body, media);
      print(terminal, options.json, made, (r) => `Reference ${r.name} (${r.id}) of ${r.model} is stored.`);
    });
  command.addCommand(
    example(add, 'tiltmeter reference add training.csv --model credit-risk --label defaulted'),
  );

  const list = connecting(new Command('list'))
    .description('the references of a model')
    .requiredOption('--model <model>', 'name of the model')
    .option('--json', 'print JSON')
    .action(async (options) => {
      const references = await everything<Reference>(connect(terminal, options), address(options.model));
      print(terminal, options.json, references, lines);
    });
  command.addCommand(example(list, 'tiltmeter reference list --model credit-risk'));

  const show = connecting(new Command('show'))
    .description('one reference')
    .argument('<id>', 'id or name of the reference')
    .requiredOption('--model <model>', 'name of the model')
    .option('--json', 'print JSON')
    .action(async (id, options) => {
      const references = await everything<Reference>(connect(terminal, options), address(options.model));
      const found = references.find((r) => r.id === id || r.name === id);
      if (found === undefined) {
        throw new Misuse(
          `${options.model} has no reference ${id}`,
          '"tiltmeter reference list" shows those it has.',
        );
      }
      print(terminal, options.json, found, (r) => JSON.stringify(r, null, 2));
    });
  command.addCommand(example(show, 'tiltmeter reference show training --model credit-risk'));
  return command;
};

const address = (model: string) => `/models/${encodeURIComponent(model)}/references`;

function lines(references: readonly Reference[]): string {
  if (references.length === 0) return 'There is no reference yet.';
  return table(
    ['id', 'name', 'kind', 'default', 'made (UTC)'],
    references.map((r) => [r.id, r.name, r.kind, r.default ? 'yes' : '', moment(r.created_at)]),
  );
}
