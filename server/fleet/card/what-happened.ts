import { rows } from './blocks.ts';
import type { CardFacts } from './card.ts';
import type { Block } from './document.ts';
import { count, interval, length, moment, share, words } from './figures.ts';
import { asShare } from './how-good.ts';

export function drift({ drift }: CardFacts): Block[] {
  return [
    { heading: 'Drift of the inputs', level: 2 },
    rows(
      ['from', 'column that moved most', 'distance', 'threshold', 'n'],
      drift.map((step) => [
        moment(step.from),
        step.column,
        `${Number(step.value.toPrecision(3))} (${words(step.metric)})`,
        step.threshold === null ? '' : String(step.threshold),
        count(step.n),
      ]),
      'No drift was judged in this time.',
    ),
  ];
}

export function incidents({ incidents: { items, total } }: CardFacts): Block[] {
  const open = items.filter(({ status }) => status !== 'resolved').length;
  return [
    { heading: 'Incidents', level: 2 },
    {
      text: `${count(total)} in this time${total > items.length ? `, the newest ${count(items.length)} of them here` : ''}; ${count(open)} of these go on.`,
    },
    rows(
      ['since', 'priority', 'what', 'cause', 'state', 'lasted', 'verdict'],
      items.map((each) => [
        moment(each.started_at),
        each.priority,
        each.title,
        each.found !== null
          ? `${words(each.found)} (people said so)`
          : (each.causes[0]?.sentence ?? 'none named'),
        each.status,
        each.resolved_at === null
          ? ''
          : length(Date.parse(each.last_at) - Date.parse(moment(each.started_at))),
        each.verdict === null ? '' : words(each.verdict),
      ]),
      'None.',
    ),
  ];
}

export function versions({ versions: { items, more, metric }, changes }: CardFacts): Block[] {
  return [
    { heading: 'Versions and changes', level: 2 },
    rows(
      ['version', 'predictions', 'first', 'last', metric?.title ?? 'quality', 'errors'],
      items.map((each) => [
        each.version || '(none named)',
        `${count(each.n)} (${share(each.share)})`,
        moment(each.first),
        moment(each.last),
        interval(each.quality, metric?.unit),
        asShare(each.error_share),
      ]),
      'None.',
    ),
    ...(more.versions === 0
      ? []
      : [{ text: `${count(more.versions)} further versions with ${count(more.n)} predictions.` }]),
    rows(
      ['when', 'kind', 'change', 'version'],
      changes.map(({ time, kind, title, version }) => [moment(time), kind, title, version ?? '']),
      'No change was noted.',
    ),
  ];
}

export function watched({ monitors }: CardFacts): Block[] {
  return [
    { heading: 'What is watched', level: 2 },
    rows(
      ['monitor', 'set', 'severity', 'by', 'on'],
      monitors.map((each) => [
        words(each.kind),
        Object.entries(each.options)
          .map(([name, value]) => `${words(name)} ${Array.isArray(value) ? value.join(', ') : value}`)
          .join('; '),
        each.severity,
        each.origin === 'default' ? 'default' : 'people',
        each.enabled ? 'yes' : 'no',
      ]),
      'Nothing.',
    ),
  ];
}
