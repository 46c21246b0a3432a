import { type Random, randomInteger, shuffle } from '../random.ts';

/** How a forest is grown; the defaults are those of the paper. */
export interface ForestOptions {
  /** Default 100. */
  readonly trees?: number;
  /** Rows that each tree is grown on. Default 256. */
  readonly sample?: number;
}

interface Leaf {
  readonly rows: number;
}
interface Split {
  readonly column: number;
  readonly at: number;
  readonly below: Node;
  readonly above: Node;
}
type Node = Leaf | Split;

export interface IsolationForest {
  readonly trees: readonly Node[];
  /** Rows that each tree was grown on. */
  readonly sample: number;
}

/**
 * Grows trees that cut at random: what lies apart is cut off early. Rows hold one number for each signal, all finite. `sample` is cut to the rows
 * there are. O(trees · sample · log sample).
 * Source: Liu, Ting & Zhou 2008, "Isolation Forest".
 * @example isolation(isolationForest(rows, random(1)), [9, 9]) // 0.8, where rows lie around 0
 */
export function isolationForest(
  rows: readonly ArrayLike<number>[],
  random: Random,
  { trees = 100, sample = 256 }: ForestOptions = {},
): IsolationForest {
  const size = Math.min(sample, rows.length);
  const deepest = Math.ceil(Math.log2(Math.max(2, size)));
  return {
    trees: Array.from({ length: trees }, () =>
      grow(
        shuffle([...rows.keys()], random)
          .slice(0, size)
          .map((row) => rows[row]!),
        random,
        deepest,
      ),
    ),
    sample: size,
  };
}

/**
 * How much apart a row lies: 0.5 is as most rows, towards 1 is an anomaly. 0.5 of a forest that was grown on fewer than two rows.
 */
export function isolation({ trees, sample }: IsolationForest, row: ArrayLike<number>): number {
  const usual = usualDepth(sample);
  if (usual === 0) return 0.5;
  const depth = trees.reduce((sum, tree) => sum + depthOf(tree, row), 0) / trees.length;
  return 2 ** (-depth / usual);
}

const EULER = 0.5772156649015329;

/** Mean depth of a search without success in a binary tree of so many rows: c(n) of the paper. */
export function usualDepth(rows: number): number {
  if (rows <= 1) return 0;
  if (rows === 2) return 1;
  return 2 * (Math.log(rows - 1) + EULER) - (2 * (rows - 1)) / rows;
}

function grow(rows: readonly ArrayLike<number>[], random: Random, left: number): Node {
  if (left === 0 || rows.length <= 1) return { rows: rows.length };
  const open = openColumns(rows);
  if (open.length === 0) return { rows: rows.length };
  const { column, low, high } = open[randomInteger(random, open.length)]!;
  const at = low + random() * (high - low);
  return {
    ...{ column, at },
    below: grow(
      rows.filter((row) => row[column]! <= at),
      random,
      left - 1,
    ),
    above: grow(
      rows.filter((row) => row[column]! > at),
      random,
      left - 1,
    ),
  };
}

/** The columns that can be cut, with their ranges. */
function openColumns(rows: readonly ArrayLike<number>[]) {
  return Array.from({ length: rows[0]!.length }, (_, column) => {
    let low = Infinity;
    let high = -Infinity;
    for (const row of rows) {
      low = Math.min(low, row[column]!);
      high = Math.max(high, row[column]!);
    }
    return { column, low, high };
  }).filter(({ low, high }) => low < high);
}

function depthOf(tree: Node, row: ArrayLike<number>): number {
  let depth = 0;
  let node = tree;
  while ('at' in node) {
    node = row[node.column]! <= node.at ? node.below : node.above;
    depth++;
  }
  return depth + usualDepth(node.rows);
}
