import { Command } from 'commander';
import type { Model } from '../../contract/model.ts';
import type { ReviewItem, ReviewQueue } from '../../contract/review.ts';
import { example, type MakeCommand } from '../command.ts';
import { connect, connecting } from '../connection.ts';
import { print } from '../print.ts';
import { moment, table } from '../table.ts';
import { say } from '../terminal.ts';
import { names, number } from '../values.ts';

export const review: MakeCommand = (terminal) => {
  const command = new Command('review').description('predictions that people should look at');
  const address = (model: string) => `/models/${encodeURIComponent(model)}`;

  const set = connecting(new Command('set'))
    .description('what is put into the queue of a model')
    .argument('<model>', 'name of the model')
    .option('--per-day <n>', 'predictions a day, at most', number)
    .option(
      '--reasons <names>',
      'some of audit, low_confidence, novel, high_loss, unusual_attributions',
      names,
    )
    .option('--reviewers <n>', 'people who look at each', number)
    .option('--off', 'nothing more')
    .action(async (model: string, { perDay, reasons, reviewers, off, ...connection }) => {
      const server = connect(terminal, connection);
      const { review: before } = await server.call<Model>('GET', address(model));
      const settings = {
        per_day: perDay ?? before?.per_day ?? 20,
        reasons: reasons ?? before?.reasons,
        reviewers_per_item: reviewers ?? before?.reviewers_per_item,
      };
      const { review: now } = await server.call<Model>('PATCH', address(model), {
        review: off ? null : settings,
      });
      say(
        terminal,
        now === null
          ? `Nothing more is put into the queue of ${model}.`
          : `Up to ${now.per_day} predictions of ${model} a day, of ${now.reasons.join(', ')}, each for ${now.reviewers_per_item}.`,
      );
    });
  command.addCommand(example(set, 'tiltmeter review set credit-risk --per-day 20 --reviewers 2'));

  const list = connecting(new Command('list'))
    .description('what waits for you in the queue of a model')
    .argument('<model>', 'name of the model')
    .option('--json', 'print JSON')
    .action(async (model: string, { json, ...connection }) => {
      const server = connect(terminal, connection);
      const queue = await server.call<ReviewQueue>('GET', `${address(model)}/review`);
      const path = `${address(model)}/review/items?mine=true&limit=50`;
      const { items } = await server.call<{ items: ReviewItem[] }>('GET', path);
      print(terminal, json, { ...queue, items }, () => lines(queue, items));
    });
  command.addCommand(example(list, 'tiltmeter review list credit-risk'));

  const answer = connecting(new Command('answer'))
    .description('say what the truth is; it becomes a label that a person gave')
    .argument('<model>', 'name of the model')
    .argument('<item>', 'id of the item, as the list shows it')
    .argument('<label>', 'the truth: a class or a number')
    .action(async (model: string, item: string, label: string, connection) => {
      const path = `${address(model)}/review/items/${encodeURIComponent(item)}/answer`;
      const { prediction, state } = await connect(terminal, connection).call<ReviewItem>('POST', path, {
        label,
      });
      say(
        terminal,
        `Stored: ${prediction} was ${label}.${state === 'open' ? ' It waits for somebody else, too.' : ''}`,
      );
    });
  command.addCommand(example(answer, 'tiltmeter review answer credit-risk 01a2b3 deny'));
  return command;
};

function lines({ open, yours, settings }: ReviewQueue, items: readonly ReviewItem[]): string {
  if (open === 0)
    return settings === null
      ? 'Nothing is put into this queue; "tiltmeter review set" begins it.'
      : 'Nothing waits.';
  return [
    `${open} wait, ${yours} of them for you.`,
    table(
      ['item', 'prediction', 'made (UTC)', 'answered', 'why'],
      items.map(({ id, prediction, time, stratum, reason }) => [
        ...[id, prediction, moment(time), stratum, reason.replaceAll('_', ' ')],
      ]),
    ),
  ].join('\n');
}
