import type { StoredChange } from '../../../contract/change.ts';
import type { ModelFairness } from '../../../contract/fairness.ts';
import type { Incident } from '../../../contract/incident.ts';
import type { Model } from '../../../contract/model.ts';
import type { Monitor } from '../../../contract/monitor.ts';
import type { ModelQuality } from '../../../contract/quality.ts';
import type { Reference } from '../../../contract/reference.ts';
import type { Measured } from '../../../contract/version-comparison.ts';
import type { VersionList } from '../../../contract/version-list.ts';
import type { Block, Document } from './document.ts';
import { count, interval, length, moment, share, words } from './figures.ts';

/** The worst that a column drifted in each step of the range. */
export interface DriftStep {
  readonly from: string;
  readonly column: string;
  readonly metric: string;
  readonly value: number;
  readonly threshold: number | null;
  readonly n: number;
}

export interface CardFacts {
  readonly madeAt: string;
  readonly from: string;
  readonly to: string;
  /** Of the model in the dashboard. */
  readonly address: string;
  readonly model: Model;
  readonly quality: ModelQuality;
  readonly fairness: ModelFairness;
  readonly versions: VersionList;
  readonly references: readonly Reference[];
  readonly monitors: readonly Monitor[];
  readonly drift: readonly DriftStep[];
  /** The newest of the range, and how many there were. */
  readonly incidents: { readonly items: readonly Incident[]; readonly total: number };
  readonly changes: readonly StoredChange[];
}

/**
 * What is known of a model, for whoever has to answer for it: purpose, owner, data, quality with intervals, groups, drift, incidents,
 * versions, what is watched. What people did not say is named as missing. Pure.
 * Source of the sections: Mitchell et al. 2019, Model Cards for Model Reporting.
 */
export function card(facts: CardFacts): Document {
  const { model } = facts;
  return [
    { heading: `Model card: ${model.name}`, level: 1 },
    { text: `Made ${facts.madeAt} of the events from ${facts.from} to ${facts.to}.` },
    { link: `${model.id} in Tiltmeter`, address: facts.address },
    ...purpose(model),
    ...data(facts),
    ...quality(facts.quality),
    ...groups(facts.fairness, model),
    ...drift(facts),
    ...incidents(facts),
    ...versions(facts),
    ...watched(facts),
  ];
}

function purpose(model: Model): Block[] {
  const { owner, description, runbook, impact } = model;
  return [
    { heading: 'Purpose and owner', level: 2 },
    pairs([
      ['name', model.name],
      ['id', model.id],
      ['task', words(model.task)],
      ['owner', owner ?? 'nobody is named'],
      ['purpose', description ?? 'nobody said what it is for'],
      ['tags', model.tags.join(', ') || 'none'],
      ['positive class', model.positive_class?.sentence ?? 'none'],
      ['what answers are worth', impact === null ? 'nobody said' : worth(impact)],
      ['what to do when it fails', runbook ?? 'nobody said'],
    ]),
  ];
}

function worth({ unit = '', ...values }: NonNullable<Model['impact']>): string {
  return Object.entries(values)
    .map(([answer, value]) => `${words(answer)} ${value} ${unit}`.trim())
    .join(', ');
}

function data({ model, references }: CardFacts): Block[] {
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

function quality(quality: ModelQuality): Block[] {
  const { measures, estimate, reference, quality_unknown } = quality;
  const against = reference === null ? 'no reference' : `the reference ${reference.name}`;
  const labelled = `${count(quality.labelled)} of ${count(quality.predictions)} predictions have a label; compared with ${against}; 95 % intervals.`;
  return [
    { heading: 'Quality', level: 2 },
    { text: quality_unknown === null ? labelled : quality_unknown.sentence },
    ...(measures.length === 0
      ? []
      : [
          rows(
            ['metric', 'in the range', 'reference', 'difference', 'verdict'],
            measures.map((each) => [
              each.title,
              interval(each.current, each.unit),
              interval(each.reference, each.unit),
              interval(each.difference, each.unit),
              words(each.verdict),
            ]),
          ),
        ]),
    ...(estimate.measures.length === 0
      ? []
      : [
          { heading: 'Estimated without labels', level: 3 as const },
          rows(
            ['metric', 'estimated', 'error of the estimate so far'],
            estimate.measures.map((each) => [
              each.title,
              interval(each.estimated, each.unit),
              interval(each.error, each.unit),
            ]),
          ),
          { list: estimate.checks.map(({ sentence }) => sentence) },
        ]),
  ];
}

function groups({ attributes, unknown, minimum }: ModelFairness, model: Model): Block[] {
  const head: Block = { heading: 'Groups', level: 2 };
  if (model.protected.length === 0)
    return [head, { text: 'No attribute is named in which people must not be treated differently.' }];
  if (unknown !== null) return [head, { text: `Nothing can be said of groups: ${words(unknown)}.` }];
  return [
    head,
    { text: `Groups with fewer than ${count(minimum)} labelled predictions are not judged.` },
    ...attributes.flatMap(({ name, groups, measures }): Block[] => [
      { heading: name, level: 3 },
      rows(
        [
          'group',
          'n',
          'labelled',
          'called positive',
          'true positive rate',
          'false positive rate',
          'precision',
        ],
        groups.map((group) => [
          group.text,
          count(group.n),
          count(group.labelled),
          ...[group.selection, group.true_positive, group.false_positive, group.precision].map(asShare),
        ]),
      ),
      rows(
        ['asked', 'value', 'limit', 'lowest', 'highest', 'verdict'],
        measures.map((each) => [
          each.title,
          interval({ ...each, n: 0 }),
          String(each.limit),
          each.lowest ?? '',
          each.highest ?? '',
          words(each.verdict),
        ]),
      ),
    ]),
  ];
}

const asShare = (measured: Measured) => interval(measured, 'share');

function drift({ drift }: CardFacts): Block[] {
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

function incidents({ incidents: { items, total } }: CardFacts): Block[] {
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

function versions({ versions: { items, more, metric }, changes }: CardFacts): Block[] {
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

function watched({ monitors }: CardFacts): Block[] {
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

const pairs = (of: readonly (readonly [string, string])[]): Block => ({ head: ['', ''], rows: of });

const rows = (head: readonly string[], of: readonly (readonly string[])[], none = 'None.'): Block =>
  of.length === 0 ? { text: none } : { head, rows: of };
