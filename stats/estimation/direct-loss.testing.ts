import { random, randomNormal } from '../random.ts';

/** Noise grows with x: a shift of x makes the model worse. */
export function drawn(n: number, mean: number, seed: number) {
  const next = random(seed);
  const x = Array.from({ length: n }, () => mean + randomNormal(next));
  const prediction = x.map((v) => 3 * v);
  const label = prediction.map((f, i) => f + (0.5 + Math.abs(x[i]!)) * randomNormal(next));
  return { features: [{ name: 'x', kind: 'numeric' as const, values: x }], prediction, label };
}

/** The loss that the labels show. */
export const realised = ({ label, prediction }: ReturnType<typeof drawn>, power: number): number =>
  label.reduce((sum, y, i) => sum + Math.abs(y - prediction[i]!) ** power, 0) / label.length;
