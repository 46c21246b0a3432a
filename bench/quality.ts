/**
 * `npm run bench:quality -- [--runs 200] [--parts realised,served] [--only adult] [--sizes 300,2000] [--seed 2027] [--peers FOLDER] [--tables FOLDER]`: whether 95 % intervals hold what
 * they say, without drift, and whether estimates without labels are better than the reference's own value. `--only` picks tables by a
 * part of their name, so that each run is short; samples are the same in every run. `--peers` names the folder with the environments of
 * bench/peers/README.md, `--tables` the one with the public tables that the repository does not have: the parts `nannyml`, `origins`, `weighted` and `concept`. Prints Markdown.
 */
import { parseArgs } from 'node:util';
import { besideNannyml } from './quality/beside-nannyml.ts';
import { conceptDrift } from './quality/concept.ts';
import { coverage, FAMILIES } from './quality/coverage.ts';
import { exactCoverage } from './quality/exact.ts';
import { fromManyOrigins } from './quality/rolling.ts';
import { sequential } from './quality/sequential.ts';
import { sequentialAreas } from './quality/sequential-areas.ts';
import { slices } from './quality/slices.ts';
import { trees } from './quality/trees.ts';
import { weighted } from './quality/weighted.ts';

const { values: asked } = parseArgs({
  options: {
    runs: { type: 'string', default: '200' },
    parts: { type: 'string', default: '' },
    only: { type: 'string', default: '' },
    sizes: { type: 'string', default: '300,2000' },
    seed: { type: 'string', default: '2027' },
    peers: { type: 'string', default: '.' },
    tables: { type: 'string', default: '.' },
  },
});
const RUNS = Number(asked.runs);
const SIZES = asked.sizes.split(',').map(Number);
/** Simulated canaries: what is false in one of twenty at most is seen in so many. */
const CANARIES = 10_000;
/** Of areas, of which each takes hundreds of times as many rows. */
const AREA_CANARIES = 1_000;
const OTHERS: Readonly<Record<string, () => void | Promise<void>>> = {
  sequential: () => sequential(CANARIES),
  exact: () => exactCoverage(SIZES),
  areas: () => sequentialAreas(AREA_CANARIES),
  slices: () => console.log(`\n${slices()}`),
  trees: () => console.log(`\n${trees()}`),
  nannyml: () => besideNannyml(asked.tables, asked.peers, SIZES, RUNS),
  origins: () => fromManyOrigins(asked.tables),
  weighted: () => weighted(asked.tables, RUNS),
  concept: () => conceptDrift(asked.tables),
};

console.log('## Intervals\n\nShare of 95 % intervals that hold the truth, in brackets of those below it.');
const parts =
  asked.parts === '' ? [...Object.keys(FAMILIES), ...Object.keys(OTHERS)] : asked.parts.split(',');
for (const part of parts) {
  const family = FAMILIES[part];
  if (family === undefined) await OTHERS[part]!();
  else coverage(family, { runs: RUNS, sizes: SIZES, seed: Number(asked.seed), only: asked.only });
}
