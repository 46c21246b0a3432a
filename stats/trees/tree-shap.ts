import type { BoostedTrees } from './boosted-trees.ts';
import { binColumn, type Feature } from './feature.ts';
import { goesLeft, type Tree } from './tree.ts';

/** What each feature adds to the raw score of each row. */
export interface ShapValues {
  /** Expected raw score by output: what the values of a row add up from. */
  readonly base: readonly number[];
  /** By output, then by feature in the order of the model, then by row. */
  readonly values: readonly (readonly Float64Array[])[];
}

/** Patterns of one leaf that are kept: with twelve features on its way there are no more. */
const KEPT_PATTERNS = 4096;
/** More features on the way to a leaf do not fit into one number as a pattern: they are worked out anew. */
const PATTERN_BITS = 52;

/**
 * Shapley values of boosted trees, exactly, for every row: path-dependent, so what is not known of a row is averaged over the
 * rows that the trees were grown on. Base and values of a row sum to its raw score (before the link). What a leaf gives to the
 * features on its way depends only on which of its conditions hold, and is worked out once for each such pattern.
 * @throws RangeError when a column of the model is absent.
 * Source: Lundberg, Erion and Lee 2018 (TreeSHAP); patterns of a leaf as in Yang 2021 (Fast TreeSHAP).
 * @example treeShap(model, features).values[0][f][row] // 0.31
 */
export function treeShap(model: BoostedTrees, features: readonly Feature[]): ShapValues {
  const columns = model.features.map((bins) => {
    const feature = features.find(({ name }) => name === bins.name);
    if (!feature) throw new RangeError(`column ${bins.name} is absent`);
    return binColumn(feature, bins);
  });
  return treeShapOfBins(model, columns);
}

/** The same for columns that are binned already, in the order of the model. */
export function treeShapOfBins(
  model: Pick<BoostedTrees, 'base' | 'trees'>,
  columns: readonly Uint8Array[],
): ShapValues {
  const n = columns[0]?.length ?? 0;
  const base = [...model.base];
  const values = base.map(() => columns.map(() => new Float64Array(n)));
  for (const round of model.trees)
    for (const [output, tree] of round.entries())
      for (const leaf of leavesOf(tree)) {
        base[output]! += leaf.conditions.reduce((product, { without }) => product * without, leaf.value);
        addLeaf(leaf, columns, values[output]!);
      }
  return { base, values };
}

/** All that the way to a leaf asks of one feature: the bins that may pass, and the share of rows that do where it is not known. */
interface Condition {
  readonly feature: number;
  readonly low: number;
  readonly high: number;
  readonly without: number;
}

interface Leaf {
  readonly value: number;
  readonly conditions: readonly Condition[];
}

function leavesOf(tree: Tree): Leaf[] {
  const leaves: Leaf[] = [];
  const open: { node: number; conditions: readonly Condition[] }[] = [{ node: 0, conditions: [] }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, conditions } = next;
    const feature = tree.feature[node]!;
    if (feature < 0) {
      leaves.push({ value: tree.value[node]!, conditions });
      continue;
    }
    const [low, high] = [tree.low[node]!, tree.high[node]!];
    for (const left of [true, false]) {
      const child = left ? tree.left[node]! : tree.right[node]!;
      const share = tree.cover[child]! / tree.cover[node]!;
      const asked = { feature, low: left ? low : ~low, high: left ? high : ~high, without: share };
      open.push({ node: child, conditions: withCondition(conditions, asked) });
    }
  }
  return leaves;
}

/** One condition for each feature, however often the way asks for it. */
function withCondition(conditions: readonly Condition[], asked: Condition): Condition[] {
  const known = conditions.find(({ feature }) => feature === asked.feature);
  if (known === undefined) return [...conditions, asked];
  const both: Condition = {
    feature: asked.feature,
    low: known.low & asked.low,
    high: known.high & asked.high,
    without: known.without * asked.without,
  };
  return conditions.map((one) => (one === known ? both : one));
}

function addLeaf(leaf: Leaf, columns: readonly Uint8Array[], values: readonly Float64Array[]): void {
  const { conditions } = leaf;
  const d = conditions.length;
  if (d === 0 || leaf.value === 0) return;
  const asked = conditions.map(({ feature }) => columns[feature]!);
  const added = conditions.map(({ feature }) => values[feature]!);
  const known = new Map<number, Float64Array>();
  const n = asked[0]!.length;
  const holds = new Uint8Array(d);
  for (let row = 0; row < n; row++) {
    let pattern = 0;
    for (let i = 0; i < d; i++) {
      const { low, high } = conditions[i]!;
      const held = goesLeft(low, high, asked[i]![row]!) ? 1 : 0;
      holds[i] = held;
      pattern = pattern * 2 + held;
    }
    let shares = d > PATTERN_BITS ? undefined : known.get(pattern);
    if (shares === undefined) {
      shares = sharesOf(leaf, holds);
      if (d <= PATTERN_BITS && known.size < KEPT_PATTERNS) known.set(pattern, shares);
    }
    for (let i = 0; i < d; i++) added[i]![row]! += shares[i]!;
  }
}

/**
 * What a leaf gives to each feature on its way, when these conditions hold. A set of known features reaches the leaf with
 * the product of the shares of the others, and not at all when one that fails is among them.
 */
function sharesOf({ value, conditions }: Leaf, holds: Uint8Array): Float64Array {
  const d = conditions.length;
  const shares = new Float64Array(d);
  const sums = new Float64Array(d);
  for (let i = 0; i < d; i++) {
    // sums[s]: products of those that are not known, over all sets of s known ones without i.
    sums.fill(0);
    sums[0] = 1;
    let size = 0;
    for (let j = 0; j < d; j++) {
      if (j === i) continue;
      const { without } = conditions[j]!;
      for (let s = size; s >= 0; s--) {
        if (holds[j] === 1) sums[s + 1]! += sums[s]!;
        sums[s]! *= without;
      }
      size++;
    }
    let sum = 0;
    // The weight of sets of s: s! (d − 1 − s)! / d!
    let weight = 1 / d;
    for (let s = 0; s < d; s++) {
      sum += weight * sums[s]!;
      weight *= (s + 1) / Math.max(1, d - 1 - s);
    }
    shares[i] = value * (holds[i]! - conditions[i]!.without) * sum;
  }
  return shares;
}
