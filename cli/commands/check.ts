import { cpus } from 'node:os';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { CheckReport } from '../../contract/check.ts';
import { readingThread } from '../../tables/columns/reading-thread.ts';
import { collect, couldNotRun, targetsOf, writeReports } from '../check/write-reports.ts';
import { example, type MakeCommand } from '../command.ts';
import { Misuse } from '../failure.ts';

const FORMATS = ['table', 'json', 'html', 'markdown', 'junit', 'sarif'] as const;
const TASKS = ['binary', 'multiclass', 'regression'] as const;
/** Tools whose definitions are known (stats/peers). */
export const TOOLS = ['evidently', 'nannyml', 'sagemaker', 'deepchecks', 'tfdv', 'alibi', 'whylabs'] as const;
const FAIL_ON = ['drift', 'shift', 'quality', 'performance', 'unjudged', 'none'] as const;

export const check: MakeCommand = (terminal, exit) => {
  const command = new Command('check')
    .description('compares two tables and says what changed; needs no server')
    .argument('<current>', 'CSV, TSV, Parquet, Arrow or JSON lines, plain or .gz; a glob in quotes')
    .argument('[more...]', 'none: several files are one glob in quotes')
    .option('--reference <file>', 'what is normal: the training set, or last month')
    .option('--label <column>', 'column that holds the truth')
    .option('--prediction <column>', 'column that holds the prediction')
    .option('--score <column>', 'column that holds the score of the positive class')
    .option('--time <column>', 'column that holds the time, by which estimates of a later table are better')
    .option('--segment <column>', 'column whose values split the rows; repeatable', collect, [])
    .option(
      '--protected <column>',
      'column whose groups must not be treated differently; repeatable',
      collect,
      [],
    )
    .option('--ignore <column>', 'column to leave out; repeatable', collect, [])
    .option('--positive <class>', 'class that counts as positive, where the data does not say')
    .addOption(
      new Option('--task <task>', 'what the model is asked, where the label does not say').choices(TASKS),
    )
    .option(
      '--config <file>',
      'thresholds, types, rules: ours, or of SageMaker, Great Expectations, Evidently, NannyML',
    )
    .option('--threshold <score>', 'lower bound of the score that counts as drift (default: 0.1)', share)
    .addOption(new Option('--as <tool>', 'decide as another tool does').choices(TOOLS))
    .option('--no-multivariate', 'leave out the comparison of the rows as a whole')
    .addOption(new Option('--tests <set>', 'tests listed beside the score').choices(['default', 'all']))
    .addOption(new Option('--format <format>', 'how the report is written (default: table)').choices(FORMATS))
    .option('--json', 'the same as --format json')
    .option(
      '--out <file>',
      'write the report there, by its ending; repeatable; - is the terminal',
      collect,
      [],
    )
    .addOption(new Option('--fail-on <what>', 'what makes exit code 1 (default: anything)').choices(FAIL_ON))
    .action(async (current: string, more: string[], options) => {
      mustBeTwoTables(current, more, options.reference);
      const targets = targetsOf(options.out, options.json ? 'json' : options.format, FORMATS);
      // It begins while all else is loaded.
      await using thread = readingThread(options.reference);
      const { runCheck } = await import('../check/run-check.ts');
      const { REPORTS } = await import('../../check/report/index.ts');
      const report = await runCheck(terminal, current, options, cpus().length, thread).catch(couldNotRun);
      await writeReports(terminal, targets, async (format: (typeof FORMATS)[number], style) =>
        (await REPORTS[format]())(report, style),
      );
      if (!fails(report, options.failOn)) return;
      if (report.verdict === 'pass')
        terminal.stderr.write(`--fail-on ${options.failOn}: that was found, hence exit code 1\n`);
      exit(1);
    });
  return example(
    command,
    'tiltmeter check current.parquet --reference training.parquet',
    'tiltmeter check "day-*.csv" --reference train.csv --label churned --prediction predicted --score p',
    'tiltmeter check current.csv --reference train.csv --out report.html --out junit.xml --out -',
  );
};

/** Two tables are the current one and the reference; whoever names them side by side is told which is which. */
function mustBeTwoTables(current: string, more: readonly string[], reference: string | undefined): void {
  if (more.length === 0 && reference !== undefined) return;
  const [second] = more;
  if (second === undefined) {
    const hint = `tiltmeter check ${current} --reference FILE, where FILE is what is normal: the training set, or last month.`;
    throw new Misuse('check needs a reference', hint);
  }
  if (more.length === 1 && reference === undefined) {
    throw new Misuse(
      'check needs to know which of the two tables is normal',
      `tiltmeter check ${second} --reference ${current} takes the first for what is normal.`,
    );
  }
  throw new Misuse(
    `check takes one current table, not ${more.length + 1}`,
    'Files that are one table are a glob in quotes: tiltmeter check "day-*.csv" --reference train.csv',
  );
}

function share(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= 1))
    throw new InvalidArgumentError('It must be between 0 and 1.');
  return value;
}

/** What of the report makes the command fail: anything by default, or one kind of finding. */
export function fails(report: CheckReport, failOn: (typeof FAIL_ON)[number] | undefined): boolean {
  const has = (status: string) => report.columns.some((column) => column.status === status);
  const schema = report.schema.removed.length > 0 || report.schema.retyped.length > 0;
  if (failOn === undefined) return report.verdict === 'fail';
  if (failOn === 'unjudged') return report.verdict === 'fail' || has('not_enough_data');
  const twins = report.multivariate.repeated?.status === 'quality';
  const moved = has('drift') || has('quality') || schema || report.multivariate.drift || twins;
  const { distance, repeated, dependence } = report.multivariate;
  const together =
    (dependence?.changed.length ?? 0) > 0 || repeated?.status === 'shift' || distance?.moved === true;
  if (failOn === 'shift') return report.verdict === 'fail' || has('shift') || together;
  if (failOn === 'drift') return moved;
  if (failOn === 'quality') return has('quality') || schema || repeated?.status === 'quality';
  if (failOn === 'performance') return report.performance.degraded;
  return false;
}
