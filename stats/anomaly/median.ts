/** The median of finite values, of which there is at least one. Sorts in place. `median([3, 1, 2])` → 2 */
export function median(values: number[]): number {
  values.sort((a, b) => a - b);
  const middle = values.length >> 1;
  return values.length % 2 === 1 ? values[middle]! : (values[middle - 1]! + values[middle]!) / 2;
}
