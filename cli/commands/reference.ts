import { Command } from 'commander';
import { counted } from '../../contract/counted.ts';
import type { Reference } from '../../contract/reference.ts';
import { collect } from '../check/write-reports.ts';
import { example, type MakeCommand } from '../command.ts';
import { connect, connecting, givenKey } from '../connection.ts';
import { Misuse } from '../failure.ts';
import { partsInWords, warningInWords } from '../import/in-words.ts';
import { everything } from '../pages.ts';
import { print } from '../print.ts';
import { type Added, addReference } from '../reference/add.ts';
import { dryRunInWords, dryRunReference } from '../reference/dry-run.ts';
import { moment, table } from '../table.ts';
import { note } from '../terminal.ts';

export const reference: MakeCommand = (terminal) => {
  const command = new Command('reference').description('what normal looks like');

  const add = connecting(new Command('add'))
    .description('rows of files (the training set) as reference of a model')
    .argument('<files...>', 'what import takes: CSV, TSV, Parquet, Arrow or JSON, plain or compressed; globs')
    .requiredOption('--model <model>', 'name of the model')
    .option('--name <name>', 'name of the reference; the file name when absent')
    .option('--map <part=column>', 'which column is the prediction, score, label, id, time, …', collect, [])
    .option('--ignore <columns>', 'columns that are no features', collect, [])
    .option('--prediction <column>', 'the same as --map prediction=COLUMN')
    .option('--score <column>', 'the same as --map score=COLUMN')
    .option('--label <column>', 'the same as --map label=COLUMN')
    .option('--no-guess', 'take no column for a part by its name, unless it is the name of the part')
    .option('--dry-run', 'show what is understood and what the model lacks, and store nothing; needs no key')
    .option('--json', 'print JSON')
    .action(async (files: string[], options) => {
      if (options.dryRun) {
        const hasKey = Boolean(givenKey(terminal, options.key));
        const run = await dryRunReference(hasKey ? connect(terminal, options) : null, files, options);
        print(terminal, options.json, run, dryRunInWords);
        for (const warning of run.understood.warnings) note(terminal, warningInWords(warning));
        return;
      }
      const added = await addReference(connect(terminal, options), files, options);
      if (options.json) print(terminal, true, added.reference, String);
      else print(terminal, false, added, inWords);
    });
  command.addCommand(
    example(
      add,
      'tiltmeter reference add training.csv --model credit-risk --map id=loan,prediction=decision,label=defaulted',
      'tiltmeter reference add "training-*.parquet" --model credit-risk --name training',
      'tiltmeter reference add training.csv --model credit-risk --dry-run',
    ),
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

/** What was stored, and what of the file was taken for what. */
function inWords({ reference, understood }: Added): string {
  const { name, id, model, options } = reference as Reference & { options: Told };
  const parts = partsInWords(understood);
  const left = options.ignored ?? [];
  const hidden = Object.entries(understood.protected).map(([column, how]) => `${column} ${how}`);
  return [
    `Reference ${name} (${id}) of ${model} is stored: ${counted(options.rows ?? 0, 'row')}.`,
    ...(parts === '' ? [] : [`  ${parts}`]),
    ...(reference.columns ? [`  ${reference.columns.sentence}`] : []),
    ...(!reference.columns && left.length > 0
      ? [`  left out, as the model has no such column: ${left.slice(0, 40).join(', ')}`]
      : []),
    ...(hidden.length > 0 ? [`  protected: ${hidden.join(', ')}`] : []),
    ...(options.rejected ? [`  ${counted(options.rejected, 'line')} could not be read`] : []),
    ...(options.notes ?? []).map((note) => `  note: ${note}`),
    ...understood.warnings.map((warning) => `  ${warningInWords(warning)}`),
  ].join('\n');
}

/** What the server says of a file that it read. */
interface Told {
  readonly rows?: number;
  readonly rejected?: number;
  readonly ignored?: readonly string[];
  readonly notes?: readonly string[];
}
