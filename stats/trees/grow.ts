import type { FeatureBins } from './feature.ts';
import { type Gradients, type Histogram, histogram, subtractInto } from './histogram.ts';
import { bestSplit, type Split, type SplitRules, type Totals } from './split.ts';
import { goesLeft, type Tree } from './tree.ts';

export interface GrowRules extends SplitRules {
  readonly leaves: number;
  readonly depth: number;
  readonly learningRate: number;
}

interface Leaf {
  readonly node: number;
  readonly start: number;
  readonly end: number;
  readonly depth: number;
  readonly totals: Totals;
  /** Null when it is not split any more. */
  readonly sums: Histogram | null;
  readonly split: Split | null;
}

/**
 * Grows one tree best leaf first on the binned rows `rows` (reordered in place), and no further than the rules allow.
 * Source: Friedman 2001; histogram subtraction and leaf-wise growth as in LightGBM (Ke et al. 2017).
 */
export function growTree(
  columns: readonly Uint8Array[],
  features: readonly FeatureBins[],
  gradients: Gradients,
  rows: Int32Array,
  rules: GrowRules,
): Tree {
  const tree = emptyTree();
  const spare = new Int32Array(rows.length);
  const leafAt = (node: number, start: number, end: number, depth: number, sums: Histogram | null): Leaf => {
    const totals = totalsOf(gradients, rows, start, end);
    const may = depth < rules.depth && end - start >= 2 * rules.minLeaf;
    tree.value[node] = (-rules.learningRate * totals.g) / (totals.h + rules.l2);
    tree.cover[node] = end - start;
    return {
      node,
      start,
      end,
      depth,
      totals,
      sums,
      split: may && sums !== null ? bestSplit(sums, features, totals, rules) : null,
    };
  };
  addNode(tree);
  const open = [leafAt(0, 0, rows.length, 0, histogram(columns, gradients, rows, 0, rows.length))];
  for (let leaves = 1; leaves < rules.leaves; leaves++) {
    const at = bestLeaf(open);
    if (at < 0) break;
    const leaf = open[at]!;
    const split = leaf.split!;
    const middle = partition(columns[split.feature]!, split, rows, spare, leaf.start, leaf.end);
    const left = addNode(tree);
    const right = addNode(tree);
    tree.feature[leaf.node] = split.feature;
    tree.low[leaf.node] = split.low;
    tree.high[leaf.node] = split.high;
    tree.left[leaf.node] = left;
    tree.right[leaf.node] = right;
    tree.gain[leaf.node] = split.gain;
    // Nobody asks how the last two leaves could be split.
    const [before, after] =
      leaves + 1 < rules.leaves
        ? childSums(leaf.sums!, columns, gradients, rows, [leaf.start, middle, leaf.end])
        : [null, null];
    open[at] = leafAt(left, leaf.start, middle, leaf.depth + 1, before);
    open.push(leafAt(right, middle, leaf.end, leaf.depth + 1, after));
  }
  return tree;
}

/** Sums of both children; only the smaller one's rows are added up, the larger is what remains of the parent, whose memory it takes. */
function childSums(
  parent: Histogram,
  columns: readonly Uint8Array[],
  gradients: Gradients,
  rows: Int32Array,
  [start, middle, end]: readonly [number, number, number],
): readonly [left: Histogram, right: Histogram] {
  const leftIsSmaller = middle - start <= end - middle;
  const [from, to] = leftIsSmaller ? [start, middle] : [middle, end];
  const small = histogram(columns, gradients, rows, from, to);
  const large = subtractInto(parent, small);
  return leftIsSmaller ? [small, large] : [large, small];
}

type GrowingTree = { [K in keyof Tree]: number[] };

function emptyTree(): GrowingTree {
  return { feature: [], low: [], high: [], left: [], right: [], value: [], gain: [], cover: [] };
}

function addNode(tree: GrowingTree): number {
  tree.feature.push(-1);
  for (const key of ['low', 'high', 'left', 'right', 'value', 'gain', 'cover'] as const) tree[key].push(0);
  return tree.feature.length - 1;
}

function bestLeaf(open: readonly Leaf[]): number {
  let best = -1;
  open.forEach((leaf, i) => {
    if (leaf.split !== null && (best < 0 || leaf.split.gain > open[best]!.split!.gain)) best = i;
  });
  return best;
}

/** Moves the rows that go left to the front, order kept; returns where the right ones begin. */
function partition(
  column: Uint8Array,
  { low, high }: Split,
  rows: Int32Array,
  spare: Int32Array,
  start: number,
  end: number,
): number {
  let left = start;
  let right = 0;
  for (let i = start; i < end; i++) {
    const row = rows[i]!;
    if (goesLeft(low, high, column[row]!)) rows[left++] = row;
    else spare[right++] = row;
  }
  rows.set(spare.subarray(0, right), left);
  return left;
}

function totalsOf({ gradient, hessian }: Gradients, rows: Int32Array, start: number, end: number): Totals {
  let g = 0;
  let h = 0;
  for (let i = start; i < end; i++) {
    g += gradient[rows[i]!]!;
    h += hessian[rows[i]!]!;
  }
  return { g, h, n: end - start };
}
