/**
 * b/n − a/m for 0 ≤ a ≤ m and 0 ≤ b ≤ n: exactly 0 for equal shares, and shares near 1 are compared by what is missing to 1.
 * @example shareGap(1, 2, 3, 4) // 0.25
 */
export function shareGap(a: number, m: number, b: number, n: number): number {
  return (a > m / 2 && b > n / 2 ? (m - a) * n - (n - b) * m : b * m - a * n) / m / n;
}
