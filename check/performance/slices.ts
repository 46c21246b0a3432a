import { trainBoostedTrees } from '../../stats/trees/boosted-trees.ts';
import { binColumn, type Feature, type FeatureBins, OTHER_BIN } from '../../stats/trees/feature.ts';
import { goesLeft, type Tree } from '../../stats/trees/tree.ts';
import { short } from '../compare/bins.ts';
import type { Part } from './segments.ts';

const LEAVES = 8;
const DEPTH = 3;
const LEAST_SHARE = 0.03;
const LEAST_ROWS = 60;

/**
 * Parts of the rows where a model errs more, found by one small tree on half of the rows; the other half, which the tree
 * has not seen, is what is returned, so that judging them is honest.
 * @param rows the rows whose loss is known.
 */
export function slices(inputs: readonly Feature[], loss: Float64Array, rows: readonly number[]): Part[] {
  const [learn, judge] = [rows.filter((_, i) => i % 2 === 0), rows.filter((_, i) => i % 2 === 1)];
  if (learn.length < 4 * LEAST_ROWS || inputs.length === 0) return [];
  const model = trainBoostedTrees(
    inputs.map((input) => taken(input, learn)),
    learn.map((row) => loss[row]!),
    {
      objective: 'squared_error',
      trees: 1,
      learningRate: 1,
      leaves: LEAVES,
      depth: DEPTH,
      minLeaf: Math.max(LEAST_ROWS, Math.ceil(LEAST_SHARE * learn.length)),
    },
  );
  const tree = model.trees[0]?.[0];
  if (!tree) return [];
  const columns = inputs.map((input, f) => binColumn(input, model.features[f]!));
  const leaves = new Map<number, number[]>();
  for (const row of judge) {
    const leaf = leafOf(tree, columns, row);
    const held = leaves.get(leaf);
    if (held) held.push(row);
    else leaves.set(leaf, [row]);
  }
  const names = leafNames(tree, model.features);
  return [...leaves].map(([leaf, held]) => ({ segment: names.get(leaf)!, rows: held }));
}

function taken(input: Feature, rows: readonly number[]): Feature {
  return { ...input, values: rows.map((row) => input.values[row]!) } as Feature;
}

function leafOf(tree: Tree, columns: readonly Uint8Array[], row: number): number {
  let node = 0;
  while (tree.feature[node]! >= 0) {
    const bin = columns[tree.feature[node]!]![row]!;
    node = goesLeft(tree.low[node]!, tree.high[node]!, bin) ? tree.left[node]! : tree.right[node]!;
  }
  return node;
}

/** Each leaf's way from the root: the bins that are left of every feature it met. */
function leafNames(tree: Tree, features: readonly FeatureBins[]): Map<number, string> {
  const names = new Map<number, string>();
  const walk = (node: number, held: ReadonlyMap<number, ReadonlySet<number>>): void => {
    const feature = tree.feature[node]!;
    if (feature < 0) {
      names.set(node, [...held].map(([f, bins]) => binsName(features[f]!, bins)).join(' and '));
      return;
    }
    const before = held.get(feature) ?? new Set(Array.from({ length: 64 }, (_, bin) => bin));
    const side = (left: boolean) =>
      new Set([...before].filter((bin) => goesLeft(tree.low[node]!, tree.high[node]!, bin) === left));
    walk(tree.left[node]!, new Map([...held, [feature, side(true)]]));
    walk(tree.right[node]!, new Map([...held, [feature, side(false)]]));
  };
  walk(0, new Map());
  return names;
}

function binsName(feature: FeatureBins, bins: ReadonlySet<number>): string {
  if (feature.kind === 'numeric') return rangeName(feature.name, feature.thresholds, bins);
  const inside = feature.categories.filter((_, i) => bins.has(i + 1));
  const outside = feature.categories.filter((_, i) => !bins.has(i + 1));
  const listed = (names: readonly string[]) =>
    names.length > 4 ? `${names.slice(0, 4).join(', ')} …` : names.join(', ');
  if (bins.has(OTHER_BIN) && outside.length > 0 && outside.length < inside.length)
    return `${feature.name} not ${listed(outside)}`;
  return inside.length === 1 ? `${feature.name} = ${inside[0]}` : `${feature.name} in ${listed(inside)}`;
}

/** Bins of numbers are a run from above one threshold up to another; bin 0 is missing. */
function rangeName(name: string, thresholds: readonly number[], bins: ReadonlySet<number>): string {
  const held = [...bins].filter((bin) => bin > 0 && bin <= thresholds.length + 1).sort((a, b) => a - b);
  if (held.length === 0) return `${name} is missing`;
  const above = thresholds[held[0]! - 2];
  const upTo = thresholds[held.at(-1)! - 1];
  if (above === undefined && upTo === undefined) return bins.has(0) ? `${name} any` : `${name} is given`;
  const range =
    above === undefined
      ? `${name} ≤ ${short(upTo!)}`
      : upTo === undefined
        ? `${name} > ${short(above)}`
        : `${short(above)} < ${name} ≤ ${short(upTo)}`;
  return range;
}
