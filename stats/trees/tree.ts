/**
 * One tree as parallel arrays over nodes, node 0 the root; plain JSON. A split sends bin b of its feature left when bit b
 * of the 64-bit mask (`low`: bits 0–31, `high`: 32–63) is set, so that thresholds, sets of categories and the direction of
 * missing values are one thing. A leaf has feature −1.
 */
export interface Tree {
  readonly feature: readonly number[];
  readonly low: readonly number[];
  readonly high: readonly number[];
  readonly left: readonly number[];
  readonly right: readonly number[];
  /** What a leaf adds to the raw score, learning rate included. */
  readonly value: readonly number[];
  /** Loss that the split removed. */
  readonly gain: readonly number[];
  /** Training rows that passed through. */
  readonly cover: readonly number[];
}

/** Whether a bin goes left. */
export function goesLeft(low: number, high: number, bin: number): boolean {
  return (((bin < 32 ? low : high) >>> (bin & 31)) & 1) === 1;
}

/** What the tree adds for a row whose bin of feature f is bins[f]. */
export function leafValue(tree: Tree, bins: ArrayLike<number>): number {
  let node = 0;
  let feature = tree.feature[0]!;
  while (feature >= 0) {
    const left = goesLeft(tree.low[node]!, tree.high[node]!, bins[feature]!);
    node = left ? tree.left[node]! : tree.right[node]!;
    feature = tree.feature[node]!;
  }
  return tree.value[node]!;
}

/** The same for a row of binned columns. */
export function leafValueAt(tree: Tree, columns: readonly Uint8Array[], row: number): number {
  let node = 0;
  let feature = tree.feature[0]!;
  while (feature >= 0) {
    const left = goesLeft(tree.low[node]!, tree.high[node]!, columns[feature]![row]!);
    node = left ? tree.left[node]! : tree.right[node]!;
    feature = tree.feature[node]!;
  }
  return tree.value[node]!;
}
