import { Command } from 'commander';
import type { VerdictMeasure, VersionVerdict } from '../../../contract/version-verdict.ts';
import { example } from '../../command.ts';
import { connect, connecting } from '../../connection.ts';
import { print } from '../../print.ts';
import { figure, moment, table } from '../../table.ts';
import type { Terminal } from '../../terminal.ts';

interface Given {
  readonly from?: string;
  readonly byVariant?: boolean;
  readonly failOnStop?: boolean;
  readonly json?: boolean;
}

export function compareModel(terminal: Terminal, exit: (code: number) => void): Command {
  const command = connecting(new Command('compare'))
    .description(
      'whether a version is better than the one it answers beside, and whether that is certain by now',
    )
    .argument('<model>', 'name of the model')
    .argument('[version]', 'the version in question; default the one that came last')
    .argument('[baseline]', 'what it is held against; default the one with most predictions')
    .option(
      '--by-variant',
      'the two are variants (champion, canary), where predictions are split by "variant"',
    )
    .option('--from <time>', 'since when; default all that they answered together, of 90 days at most')
    .option('--fail-on-stop', 'exit with 1 when the version should be stopped')
    .option('--json', 'print JSON')
    .action(
      async (
        model: string,
        version: string | undefined,
        baseline: string | undefined,
        { json, from, byVariant, failOnStop, ...connection }: Given,
      ) => {
        const query = new URLSearchParams();
        for (const [name, value] of Object.entries({
          version,
          baseline,
          from,
          ...(byVariant && { by: 'variant' }),
        }))
          if (value !== undefined) query.set(name, value);
        const found = await connect(terminal, connection).call<VersionVerdict>(
          'GET',
          `/models/${encodeURIComponent(model)}/versions/verdict?${query}`,
        );
        print(terminal, json, found, page);
        if (failOnStop === true && found.recommendation === 'stop') exit(1);
      },
    );
  return example(
    command,
    'tiltmeter model compare credit-risk',
    'tiltmeter model compare credit-risk 2 1 --fail-on-stop',
  );
}

function page(found: VersionVerdict): string {
  if (found.measures.length === 0) return found.sentence;
  const rows = found.measures.map(({ title, role, version, baseline, difference, decision }) => [
    title,
    role,
    figure(version.value),
    figure(baseline.value),
    interval(difference),
    `${version.n} / ${baseline.n}`,
    decision.replaceAll('_', ' '),
  ]);
  const head = [
    'measure',
    'role',
    found.version ?? '',
    found.baseline ?? '',
    'difference (interval)',
    'n',
    'verdict',
  ];
  return `${found.sentence}\nBoth answered ${moment(found.from)} to ${moment(found.to)} UTC.\n\n${table(head, rows)}`;
}

function interval({ value, low, high, status }: VerdictMeasure['difference']): string {
  return value === null
    ? status.replaceAll('_', ' ')
    : `${figure(value)} (${figure(low)} to ${figure(high)})`;
}
