import type { ModelFairness } from '../../../contract/fairness.ts';
import type { Model } from '../../../contract/model.ts';
import type { ModelQuality } from '../../../contract/quality.ts';
import type { Measured } from '../../../contract/version-comparison.ts';
import { rows } from './blocks.ts';
import type { Block } from './document.ts';
import { count, interval, words } from './figures.ts';

export function quality(quality: ModelQuality): Block[] {
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

export function groups({ attributes, unknown, minimum }: ModelFairness, model: Model): Block[] {
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

export const asShare = (measured: Measured) => interval(measured, 'share');
