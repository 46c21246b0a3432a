import { LOG_ODDS_GRID, WINNING_GRID } from '../../server/models/columns/probabilities.ts';
import { categoricalProfile, numericProfile } from '../../server/profiles/compute.ts';
import * as named from '../../server/profiles/profile.ts';
import type { Grid } from '../../stats/asinh-grid.ts';
import type { LabelledValues } from '../../stats/performance/labelled-values.ts';
import { THRESHOLD } from './binary.ts';
import type { ClassTable } from './class-tables.ts';

/** What the server keeps of some rows. */
export type Profiles = ReadonlyMap<string, named.Profile>;

const pair = (actual: string, said: string) => `${actual}${named.CONFUSION_SEPARATOR}${said}`;

export function binaryProfiles(label: readonly number[], score: Float64Array, grid: Grid): Profiles {
  const side = (own: number) => numericProfile(score.filter((_, i) => label[i] === own), grid); // biome-ignore format: one line
  const name = (one: boolean) => (one ? 'yes' : 'no');
  const pairs = label.map((own, i) => pair(name(own === 1), name(score[i]! >= THRESHOLD)));
  return new Map([
    ['_label', categoricalProfile(label.map((own) => name(own === 1)))],
    ['_score', numericProfile(score, grid)],
    ['_score|no', side(0)],
    ['_score|yes', side(1)],
    ['_confusion', categoricalProfile(pairs)],
  ]);
}

/** The grids of what regressionProfiles makes. */
export interface NumberGrids {
  readonly labels: Grid;
  readonly residuals: Grid;
}

export function regressionProfiles(
  { label, prediction }: LabelledValues,
  { labels, residuals }: NumberGrids,
): Profiles {
  const residual = Array.from(label, (y, i) => prediction[i]! - y);
  const by = (power: number) => residual.map((e, i) => label[i]! * e ** power);
  const shares = residual.flatMap((e, i) => (label[i] === 0 ? [] : [Math.abs(e / label[i]!)]));
  return new Map([
    ['_label', numericProfile(Array.from(label), labels)],
    ['_residual', numericProfile(residual, residuals)],
    ['_absolute_residual', numericProfile(residual.map(Math.abs), residuals)],
    [named.PERCENTAGE_ERROR, numericProfile(shares, null)],
    [named.LABEL_RESIDUAL, numericProfile(by(1), null)],
    [named.LABEL_SQUARED_RESIDUAL, numericProfile(by(2), null)],
  ]);
}

const LEAST = 1e-9;
const SUREST = 1e-15;
const logOdds = (p: number) => Math.log(Math.max(LEAST, p) / Math.max(LEAST, 1 - p));

export function classProfiles({ classes, label, probability }: ClassTable, rows: Int32Array): Profiles {
  const of = (row: number) => probability.map((column) => column[row]!);
  const all = Array.from(rows, (row) => {
    const p = of(row);
    const winning = Math.max(...p);
    return { p, winning, own: classes.indexOf(label[row]!), said: p.indexOf(winning) };
  });
  const profiles = new Map<string, named.Profile>();
  const put = (name: string, cells: number[], grid: Grid | null) => profiles.set(name, numericProfile(cells, grid)); // biome-ignore format: one line
  put('_probabilities', all.map(({ winning }) => winning), WINNING_GRID); // biome-ignore format: one line
  for (const [name, right] of [['right', true], ['wrong', false]] as const)
    put(named.WINNING + name, all.filter(({ own, said }) => (own === said) === right).map(({ winning }) => winning), WINNING_GRID); // biome-ignore format: one line
  put(named.CLASS_LOG_LOSS, all.map(({ p, own }) => -Math.log(Math.max(SUREST, p[own]!))), null); // biome-ignore format: one line
  put(named.CLASS_BRIER, all.map(({ p, own }) => p.reduce((sum, x, k) => sum + (x - (k === own ? 1 : 0)) ** 2, 0)), null); // biome-ignore format: one line
  for (const [k, name] of classes.entries()) {
    const odds = (some: typeof all) => some.map(({ p }) => logOdds(p[k]!));
    const [mine, others] = [true, false].map((yes) => all.filter(({ own }) => (own === k) === yes));
    const answered = (some: typeof all) => some.filter(({ said }) => said === k);
    for (const [part, some] of [
      [named.CLASS_PROBABILITY, all],
      [named.SAID_PROBABILITY, answered(all)],
      [named.OWN_PROBABILITY, mine!],
      [named.OTHER_PROBABILITY, others!],
      [named.OWN_SAID, answered(mine!)],
      [named.OTHER_SAID, answered(others!)],
    ] as const)
      put(part + name, odds(some), LOG_ODDS_GRID);
  }
  profiles.set('_label', categoricalProfile(all.map(({ own }) => classes[own]!)));
  profiles.set(
    '_confusion',
    categoricalProfile(all.map(({ own, said }) => pair(classes[own]!, classes[said]!))),
  );
  return profiles;
}
