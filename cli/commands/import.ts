import { Command, Option } from 'commander';
import { collect } from '../check/write-reports.ts';
import { example, type MakeCommand } from '../command.ts';
import { connect, connecting, givenKey } from '../connection.ts';
import { dryRunInWords, summaryInWords } from '../import/in-words.ts';
import { dryRun, type ImportOptions, runImport } from '../import/run-import.ts';
import { print } from '../print.ts';

export const importFile: MakeCommand = (terminal, exit) => {
  const command = connecting(new Command('import'))
    .description('predictions or labels from files, through the same way in as everything else')
    .argument(
      '<files...>',
      'CSV, TSV, Parquet, Arrow or JSON, plain or compressed; globs; several are one table',
    )
    .requiredOption('--model <model>', 'name of the model')
    .addOption(
      new Option('--kind <kind>', 'what the rows are')
        .choices(['predictions', 'labels'])
        .default('predictions'),
    )
    .option('--map <part=column>', 'which column is the id, time, prediction, score, label, …', collect, [])
    .option('--ignore <columns>', 'columns that are no features', collect, [])
    .option('--no-guess', 'take no column for a part by its name, unless it is the name of the part')
    .option('--dry-run', 'show what is understood and the first event, and send nothing; needs no key')
    .option('--restart', 'begin anew where an import of the same file stopped before its end')
    .option('--json', 'print JSON')
    .action(async (files: string[], options: ImportOptions) => {
      if (options.dryRun) {
        const hasKey = Boolean(givenKey(terminal, options.key));
        const client = hasKey ? connect(terminal, options) : null;
        print(terminal, options.json, await dryRun(terminal, client, files, options), dryRunInWords);
        return;
      }
      const done = await runImport(terminal, connect(terminal, options, true), files, options);
      print(terminal, options.json, done, summaryInWords);
      const { predictions, labels, unreadable_lines, dropped_features } = done;
      const lost = predictions.rejected_total + labels.rejected_total + unreadable_lines + dropped_features;
      if (lost > 0) exit(1);
    });
  return example(
    command,
    'tiltmeter import scored.csv --model credit-risk --map id=loan,time=scored_at,prediction=decision,score=p,label=defaulted',
    'tiltmeter import "day-*.parquet" --model credit-risk --dry-run',
    'tiltmeter import truth.csv --model credit-risk --kind labels --map id=loan,label=defaulted',
  ).addHelpText(
    'after',
    '\nA column named like a part plays it, or goes by a name that is plain (timestamp, y_pred, y_true …); the others are features. What was understood is said before anything is sent. The same command after an interruption goes on where it stopped; rows that are stored are not stored twice.',
  );
};
