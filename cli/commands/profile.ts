import { cpus } from 'node:os';
import { Command, Option } from 'commander';
import { collect, couldNotRun, targetsOf, writeReports } from '../check/write-reports.ts';
import { example, type MakeCommand } from '../command.ts';

const FORMATS = ['table', 'json', 'html', 'markdown'] as const;

export const profile: MakeCommand = (terminal) => {
  const command = new Command('profile')
    .description('says what is in a table: types, figures, what to know before using it; needs no server')
    .argument('<file>', 'CSV, TSV, Parquet, Arrow or JSON lines, plain or .gz; a glob in quotes')
    .addOption(new Option('--format <format>', 'how it is written (default: table)').choices(FORMATS))
    .option('--json', 'the same as --format json')
    .option('--out <file>', 'write it there, by its ending; repeatable; - is the terminal', collect, [])
    .action(async (file: string, options) => {
      const targets = targetsOf(options.out, options.json ? 'json' : options.format, FORMATS);
      // The engine is a large library: only this command pays for it.
      const { runProfile } = await import('../check/run-profile.ts');
      const { PROFILE_REPORTS } = await import('../../check/profile/report/index.ts');
      const found = await runProfile(terminal, file, cpus().length).catch(couldNotRun);
      await writeReports(terminal, targets, (format: (typeof FORMATS)[number], style) =>
        PROFILE_REPORTS[format](found, style),
      );
    });
  return example(
    command,
    'tiltmeter profile training.parquet',
    'tiltmeter profile "day-*.csv.gz" --out profile.html',
  );
};
