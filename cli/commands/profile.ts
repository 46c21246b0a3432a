import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { Command, Option } from 'commander';
import { example, type MakeCommand } from '../command.ts';
import { say } from '../terminal.ts';
import { couldNotRun, mustHaveFolder, styleOf } from './check.ts';

const FORMATS = ['table', 'json', 'html', 'markdown'] as const;

export const profile: MakeCommand = (terminal) => {
  const command = new Command('profile')
    .description('says what is in a table: types, figures, what to know before using it; needs no server')
    .argument('<file>', 'CSV, TSV, Parquet, Arrow or JSON lines, plain or .gz; a glob in quotes')
    .addOption(new Option('--format <format>', 'how it is written').choices(FORMATS).default('table'))
    .option('--json', 'the same as --format json')
    .option('--out <file>', 'write it there instead of the terminal')
    .action(async (file: string, options) => {
      if (options.out !== undefined) mustHaveFolder(options.out);
      // The engine is a large library: only this command pays for it.
      const { runProfile } = await import('../check/run-profile.ts');
      const { PROFILE_REPORTS } = await import('../../check/profile/report/index.ts');
      const found = await runProfile(terminal, file, cpus().length).catch(couldNotRun);
      const format: (typeof FORMATS)[number] = options.json ? 'json' : options.format;
      const text = PROFILE_REPORTS[format](found, styleOf(terminal, options.out === undefined));
      if (options.out === undefined) say(terminal, text);
      else await writeFile(options.out, `${text}\n`).catch(couldNotRun);
    });
  return example(
    command,
    'tiltmeter profile training.parquet',
    'tiltmeter profile "day-*.csv.gz" --format html --out profile.html',
  );
};
