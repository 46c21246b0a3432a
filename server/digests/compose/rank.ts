import type { DigestOnly } from '../../../contract/digest.ts';
import { LOWER_IS_WORSE } from '../../monitors/kinds/index.ts';
import type { ModelFacts } from './fleet-facts.ts';
import { type Concerned, type Range, waitsForReview } from './incidents.ts';

/** A model of which a digest has something to tell. */
export interface Told {
  readonly facts: ModelFacts;
  /** The most urgent first. */
  readonly incidents: readonly Concerned[];
  /** It sent something in as long a time before the range, and nothing in it. */
  readonly fellSilent: boolean;
  /** Its quality is worse than its baseline for certain. */
  readonly worse: boolean;
}

/**
 * The models of which there is something to tell, the worst first: by open incidents and their priority, then quality that is worse for certain,
 * then silence, then what ended, then columns that moved; ties keep the order of names. An incident is told of the first of its models. `layers`: what the digest is about, quality of `model`, silence of `serving`; all when empty. Pure.
 */
export function rankTold(
  facts: readonly ModelFacts[],
  incidents: readonly Concerned[],
  range: Range,
  layers: DigestOnly['layers'],
): Told[] {
  const about = (layer: DigestOnly['layers'][number]) => layers.length === 0 || layers.includes(layer);
  const own = Map.groupBy(
    incidents.filter((each) => each.models.length > 0 && !(waitsForReview(each) && each.what === 'going_on')),
    ({ models }) => models[0]!,
  );
  const told = facts.map((each) => ({
    facts: each,
    incidents: own.get(each.id) ?? [],
    fellSilent: about('serving') && fellSilent(each, range),
    worse: about('model') && isWorse(each.quality),
  }));
  return told
    .filter((each) => each.incidents.length > 0 || each.fellSilent || each.worse || each.facts.movedCount > 0)
    .map((each) => ({ each, weights: weightsOf(each) }))
    .sort(
      (a, b) => compareWeights(a.weights, b.weights) || a.each.facts.name.localeCompare(b.each.facts.name),
    )
    .map(({ each }) => each);
}

function fellSilent({ lastReceived }: ModelFacts, { from, to }: Range): boolean {
  return lastReceived !== null && lastReceived < from && lastReceived >= from - (to - from);
}

type Comparable = Pick<NonNullable<ModelFacts['quality']>, 'metric' | 'low' | 'high' | 'baseline'>;

/** Whether the whole interval lies on the worse side of the baseline. Pure. */
export function isWorse(quality: Comparable | null): boolean {
  if (quality?.baseline == null || quality.low === null || quality.high === null) return false;
  const { metric, low, high, baseline } = quality;
  return LOWER_IS_WORSE.includes(metric) ? high < baseline : low > baseline;
}

function weightsOf({ incidents, worse, fellSilent, facts }: Told): number[] {
  const open = (priority: string) =>
    incidents.filter(({ row }) => row.priority === priority && row.status !== 'resolved').length;
  return [
    ...['P1', 'P2'].map(open),
    ...[Number(worse), Number(fellSilent), open('P3')],
    ...[incidents.length, facts.movedCount],
  ];
}

function compareWeights(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((weight, i) => weight !== b[i]);
  return at < 0 ? 0 : b[at]! - a[at]!;
}
