import { random } from '../../stats/random.ts';
import { findSlices } from '../../stats/slices/find-slices.ts';
import { plantedTable } from '../../stats/slices/planted.testing.ts';

const TABLES = 100;
const ROWS = 20_000;

/** How often a planted slice is the first that is named, and how often one is named where there is none. */
export function slices(): string {
  const start = performance.now();
  let [first, falseOnes] = [0, 0];
  for (let seed = 0; seed < TABLES; seed++) {
    const planted = plantedTable(ROWS, 0.2, random(1000 + seed));
    if (findSlices(planted.features, planted.loss)[0]?.text === planted.text) first++;
    const clean = plantedTable(ROWS, 0, random(5000 + seed));
    if (findSlices(clean.features, clean.loss).length > 0) falseOnes++;
  }
  const seconds = (performance.now() - start) / 1000;
  return `## Slices

${ROWS.toLocaleString('en-US')} labelled rows, 8 columns; a slice of 3 % whose answers are right 20 points less often, or none.

| | tables of ${TABLES} |
|---|---:|
| the planted slice is the first named | ${first} |
| a slice is named where there is none | ${falseOnes} |
| seconds a table | ${(seconds / (2 * TABLES)).toFixed(2)} |`;
}
