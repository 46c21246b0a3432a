/** Raw labels and predictions of a regression, row by row. */
export interface LabelledValues {
  readonly label: ArrayLike<number>;
  readonly prediction: ArrayLike<number>;
}

/**
 * One number per row whose label and prediction are both finite; other rows are left out.
 * @example perRow({ label: [1, NaN], prediction: [3, 4] }, (y, f) => f - y) // [2]
 */
export function perRow(
  { label, prediction }: LabelledValues,
  loss: (label: number, prediction: number) => number,
): number[] {
  const losses: number[] = [];
  for (let i = 0; i < Math.min(label.length, prediction.length); i++) {
    const y = label[i]!;
    const f = prediction[i]!;
    if (Number.isFinite(y) && Number.isFinite(f)) losses.push(loss(y, f));
  }
  return losses;
}
