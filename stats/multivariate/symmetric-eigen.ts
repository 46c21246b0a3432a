/** Eigenvalues, falling, and the eigenvector of each (unit length). */
export interface Eigen {
  readonly values: number[];
  readonly vectors: number[][];
}

/**
 * All eigenvalues and eigenvectors of a symmetric matrix by cyclic Jacobi rotations, to about 1e-14 of the largest; meant
 * for up to a few hundred columns. Source: Golub and Van Loan, Matrix Computations, section 8.5.
 * @example symmetricEigen([[2, 0], [0, 1]]).values // [2, 1]
 */
export function symmetricEigen(matrix: readonly (readonly number[])[]): Eigen {
  const d = matrix.length;
  const a = matrix.map((row) => Float64Array.from(row));
  const v = a.map((_, i) => Float64Array.from({ length: d }, (_, j) => (i === j ? 1 : 0)));
  for (let sweep = 0; sweep < 60; sweep++) {
    let off = 0;
    let scale = 0;
    for (let i = 0; i < d; i++) {
      scale += a[i]![i]! ** 2;
      for (let j = 0; j < i; j++) off += a[i]![j]! ** 2;
    }
    if (off <= 1e-30 * scale) break;
    for (let p = 0; p < d - 1; p++) for (let q = p + 1; q < d; q++) rotate(a, v, p, q);
  }
  const order = a.map((row, i) => ({ value: row[i]!, i })).sort((x, y) => y.value - x.value);
  return {
    values: order.map(({ value }) => value),
    vectors: order.map(({ i }) => v.map((row) => row[i]!)),
  };
}

function rotate(a: Float64Array[], v: Float64Array[], p: number, q: number): void {
  const apq = a[p]![q]!;
  if (apq === 0) return;
  const theta = (a[q]![q]! - a[p]![p]!) / (2 * apq);
  const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  for (const row of a) {
    const x = row[p]!;
    row[p] = c * x - s * row[q]!;
    row[q] = s * x + c * row[q]!;
  }
  const ap = a[p]!;
  const aq = a[q]!;
  for (let k = 0; k < a.length; k++) {
    const x = ap[k]!;
    ap[k] = c * x - s * aq[k]!;
    aq[k] = s * x + c * aq[k]!;
  }
  for (const row of v) {
    const x = row[p]!;
    row[p] = c * x - s * row[q]!;
    row[q] = s * x + c * row[q]!;
  }
}
