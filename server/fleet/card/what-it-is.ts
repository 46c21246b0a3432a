import type { Model } from '../../../contract/model.ts';
import { pairs, rows } from './blocks.ts';
import type { CardFacts } from './card.ts';
import type { Block } from './document.ts';
import { count, moment, share, words } from './figures.ts';

export function purpose(model: Model): Block[] {
  const { owner, description, runbook, impact } = model;
  return [
    { heading: 'Purpose and owner', level: 2 },
    pairs([
      ['name', model.name],
      ['id', model.id],
      ['task', words(model.task)],
      ['owner', { written: owner ?? 'nobody is named' }],
      ['purpose', { written: description ?? 'nobody said what it is for' }],
      ['tags', model.tags.join(', ') || 'none'],
      ['positive class', model.positive_class?.sentence ?? 'none'],
      ['what answers are worth', impact === null ? 'nobody said' : worth(impact)],
      ['what to do when it fails', { written: runbook ?? 'nobody said' }],
    ]),
  ];
}

function worth({ unit = '', ...values }: NonNullable<Model['impact']>): string {
  return Object.entries(values)
    .map(([answer, value]) => `${words(answer)} ${value} ${unit}`.trim())
    .join(', ');
}

export function data({ model, references }: CardFacts): Block[] {
  const used = model.columns.filter(({ type }) => type !== 'ignored');
  return [
    { heading: 'Data', level: 2 },
    pairs([
      ['predictions stored', count(model.predictions)],
      ['labels stored', count(model.labels)],
      [
        'first and last event',
        `${moment(model.first_event ?? 'none')} to ${moment(model.last_event ?? 'none')}`,
      ],
      [
        'kept for',
        model.retention_days === null ? 'as long as the server keeps data' : `${model.retention_days} days`,
      ],
      ['columns', count(used.length)],
      [
        'columns protected before they are stored',
        count(used.filter(({ protection }) => protection !== null).length),
      ],
    ]),
    rows(
      ['reference', 'kind', 'default', 'made', 'by'],
      references.map((each) => [
        each.name,
        each.kind,
        each.default ? 'yes' : '',
        moment(each.created_at),
        each.created_by,
      ]),
      'There is no reference: nothing says what is normal.',
    ),
    rows(
      ['column', 'type', 'importance', 'before it is stored'],
      used.map(({ name, type, importance, protection }) => [
        name,
        type,
        importance === null ? '' : share(importance),
        protection ?? '',
      ]),
      'Nothing but answers was sent.',
    ),
  ];
}
