import { Command } from 'commander';
import { example } from '../../command.ts';
import { type ConnectionOptions, connect, connecting } from '../../connection.ts';
import { say, type Terminal } from '../../terminal.ts';

export interface RangeOptions {
  readonly from?: string;
  readonly to?: string;
}

/** `--from` and `--to`, of event time. */
export function ranging(command: Command): Command {
  return command
    .option('--from <time>', 'since when; default 92 days before the newest event')
    .option('--to <time>', 'until when; default the newest event');
}

/** What both mean to the API. `rangeQuery({ from: '2026-01-01' }).toString()` → 'from=2026-01-01' */
export function rangeQuery({ from, to }: RangeOptions): URLSearchParams {
  return new URLSearchParams({ ...(from !== undefined && { from }), ...(to !== undefined && { to }) });
}

export function cardOfModel(terminal: Terminal): Command {
  const command = ranging(connecting(new Command('card')))
    .description(
      'the model card: purpose, owner, data, quality with intervals, groups, drift, incidents, versions, what is watched',
    )
    .argument('<model>', 'name of the model')
    .option('--html', 'as a page, instead of Markdown')
    .action(
      async (
        model: string,
        { html, from, to, ...connection }: RangeOptions & ConnectionOptions & { readonly html?: boolean },
      ) => {
        const query = rangeQuery({ ...(from && { from }), ...(to && { to }) });
        if (html === true) query.set('format', 'html');
        const path = `/models/${encodeURIComponent(model)}/card?${query}`;
        say(terminal, (await connect(terminal, connection).call<string>('GET', path)).trimEnd());
      },
    );
  return example(command, 'tiltmeter model card credit-risk > credit-risk.md');
}
