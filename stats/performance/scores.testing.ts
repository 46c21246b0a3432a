import fixture from '../fixtures/performance.json' with { type: 'json' };
import type { LabelledScores } from './score-cells.ts';

/** The fixture's scores on its grid. */
export const grid = { center: 0.5, scale: 0.2 };
export const scores: LabelledScores = { positive: side(1), negative: side(0) };

function side(label: number): Map<number, number> {
  return new Map(fixture.binary.scores.filter((row) => row[1] === label).map((row) => [row[0]!, row[2]!]));
}
