export interface Eigen {
  readonly values: readonly number[];
  /** Columns are the vectors. */
  readonly vectors: readonly (readonly number[])[];
}

/** Eigenvalues and orthonormal eigenvectors of a small symmetric matrix, by Jacobi's rotations. */
export function eigen(matrix: readonly (readonly number[])[]): Eigen {
  const a = matrix.map((row) => [...row]);
  const size = a.length;
  const v = a.map((_, i) => a.map((_, j) => (i === j ? 1 : 0)));
  for (let sweep = 0; sweep < 60; sweep++) {
    let off = 0;
    for (let p = 0; p < size; p++) {
      for (let q = p + 1; q < size; q++) {
        off += a[p]![q]! ** 2;
        if (a[p]![q] !== 0) rotate(a, v, p, q);
      }
    }
    if (off === 0) break;
  }
  return { values: a.map((row, i) => row[i]!), vectors: v };
}

/** Turns the plane (p, q) so that a[p][q] becomes 0. */
function rotate(a: number[][], v: number[][], p: number, q: number): void {
  const theta = (a[q]![q]! - a[p]![p]!) / (2 * a[p]![q]!);
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  for (const row of [...a, ...v]) {
    const [x, y] = [row[p]!, row[q]!];
    row[p] = c * x - s * y;
    row[q] = s * x + c * y;
  }
  const [top, bottom] = [a[p]!, a[q]!];
  for (let k = 0; k < a.length; k++) {
    const [x, y] = [top[k]!, bottom[k]!];
    top[k] = c * x - s * y;
    bottom[k] = s * x + c * y;
  }
  top[q] = 0;
  bottom[p] = 0;
}
