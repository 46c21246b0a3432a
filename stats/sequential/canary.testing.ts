import type { Random } from '../random.ts';
import { differenceSequence } from './difference-sequence.ts';
import { addStratum, gathered, NO_STRATA, type Strata } from './strata.ts';

/** Rows of each side between two looks. */
export const LOOK = 50;
export const SMALLEST = 0.01;

/** What became of one simulated canary: what was said first, and after how many rows of each side. */
export interface Canary {
  readonly said: 'better' | 'worse' | 'nothing';
  readonly rows: number;
}

/**
 * A canary beside its baseline, both answering right with a probability, looked at after every 50 rows of each side until
 * it is decided or `most` rows came of each.
 */
export function canary(before: number, after: number, most: number, next: Random): Canary {
  let strata: Strata = NO_STRATA;
  const [reference, current] = [before, after].map((right) => drawer(right, next));
  for (let rows = LOOK; rows <= most; rows += LOOK) {
    const [was, is] = [reference!(LOOK), current!(LOOK)];
    strata = addStratum(strata, { n: LOOK, sum: was, sum2: was }, { n: LOOK, sum: is, sum2: is });
    const found = differenceSequence(gathered(strata, 1), { smallest: SMALLEST });
    if (!('value' in found)) continue;
    if (found.low > 0) return { said: 'better', rows };
    if (found.high < 0) return { said: 'worse', rows };
  }
  return { said: 'nothing', rows: most };
}

/** Rows of each side that a fixed-size test needs: level 5 % on both sides, power 80 %. */
export function fixedSize(before: number, after: number): number {
  const variance = before * (1 - before) + after * (1 - after);
  return Math.ceil(((1.959964 + 0.841621) ** 2 * variance) / (after - before) ** 2);
}

/** Right answers among so many: the wrong ones are met by skipping ahead, so that few numbers are drawn. */
function drawer(right: number, next: Random): (rows: number) => number {
  const skip = () => Math.floor(Math.log(1 - next()) / Math.log(right)) + 1;
  let ahead = skip();
  return (rows) => {
    let wrong = 0;
    for (; ahead <= rows; ahead += skip()) wrong++;
    ahead -= rows;
    return rows - wrong;
  };
}
