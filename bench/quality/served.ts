import type { LabelledModel } from '../../server/monitors/kind.ts';
import { qualityRecipe } from '../../server/monitors/quality/choose.ts';
import { ESTIMATED, estimateRecipe } from '../../server/monitors/quality/from-estimates.ts';
import { QUALITY_METRICS } from '../../server/monitors/quality/index.ts';
import type { QualityRecipe } from '../../server/monitors/subject.ts';
import { gridOf } from '../../stats/asinh-grid.ts';
import type { Random } from '../../stats/random.ts';
import { picked } from './binary.ts';
import type { ClassTable } from './class-tables.ts';
import { drawnFrom, drawnRows, type Found } from './hits.ts';
import { values } from './regression.ts';
import { binaryProfiles, classProfiles, type Profiles, regressionProfiles } from './served-profiles.ts';
import type { BinaryTable, RegressionTable } from './tables.ts';

/** A table as the server sees it: its model, and the profiles of some of its rows. */
export interface Served {
  readonly rows: number;
  readonly model: LabelledModel;
  profiles(rows: Int32Array): Profiles;
}

const known = new Map<string, Served>();

function once(name: string, make: () => Served): Served {
  const made = known.get(name) ?? make();
  known.set(name, made);
  return made;
}

/** Of a model whose labels, impact and classes play no part. */
export const nobody = { waiting: 0, impact: null, positive: null };

export const servedBinary = (table: BinaryTable): Served =>
  once(table.name, () => {
    const grid = gridOf(table.score);
    const profiles = (rows: Int32Array) => {
      const { label, score } = picked(table, rows);
      return binaryProfiles(label, score, grid);
    };
    const names = new Set(profiles(new Int32Array(1)).keys());
    const grids = new Map([['_score', grid]]);
    return {
      rows: table.rows,
      profiles,
      model: { ...nobody, task: 'binary', positive: 'yes', known: names, grids },
    };
  });

export const servedRegression = (table: RegressionTable): Served =>
  once(table.name, () => {
    const residuals = gridOf(table.prediction.map((said, i) => said - table.label[i]!));
    const labels = gridOf(table.label);
    const profiles = (rows: Int32Array) => regressionProfiles(values(table, rows), { labels, residuals });
    const grids = new Map([['_label', labels], ['_residual', residuals]]); // biome-ignore format: one line
    const names = new Set(profiles(new Int32Array(1)).keys());
    return { rows: table.rows, profiles, model: { ...nobody, task: 'regression', known: names, grids } };
  });

export const servedClasses = (table: ClassTable): Served =>
  once(table.name, () => {
    const profiles = (rows: Int32Array) => classProfiles(table, rows);
    const names = new Set(profiles(new Int32Array(1)).keys());
    return { rows: table.rows, profiles, model: { ...nobody, task: 'multiclass', known: names, classes: table.classes, grids: new Map() } }; // biome-ignore format: one record
  });

const wholes = new Map<Served, Map<string, number>>();

/** Every metric that the server has of a sample, against that of the table that it was drawn from. */
export function realisedByServer(served: Served, n: number, next: Random): Found[] {
  const whole = wholes.get(served) ?? new Map<string, number>();
  const all = Int32Array.from({ length: wholes.has(served) ? 0 : served.rows }, (_, i) => i);
  const [drawn, every] = [drawnFrom(served.rows, n, next), served.profiles(all)].map((some) => some instanceof Int32Array ? served.profiles(some) : some); // biome-ignore format: one line
  const found: Found[] = [];
  for (const { meta, tasks } of QUALITY_METRICS) {
    const recipe = tasks.includes(served.model.task) ? qualityRecipe(served.model, meta.id) : { reason: '' };
    if ('reason' in recipe) continue;
    if (!wholes.has(served)) {
      const of = recipe.quality(sumsOf(recipe, every!));
      if ('value' in of) whole.set(meta.id, of.value);
    }
    const truth = whole.get(meta.id) ?? Number.NaN;
    found.push({ metric: meta.id, outcome: recipe.quality(sumsOf(recipe, drawn!)), truth });
  }
  wholes.set(served, whole);
  return found;
}

/** The server's estimates of a second sample, whose labels then come, from a labelled first. */
export function estimatedByServer(served: Served, n: number, next: Random): Found[] {
  const [reference, current] = drawnRows(served.rows, n, next, 2).map((rows) => served.profiles(rows));
  return ESTIMATED.flatMap((metric): Found[] => {
    const recipe = estimateRecipe(metric, served.model);
    if ('reason' in recipe) return [];
    const { own, over } = recipe.learned!.of(sumsOf(recipe, reference!));
    const { own: then } = recipe.learned!.of(sumsOf(recipe, current!));
    if (!('value' in own) || !('value' in then)) return [];
    return [{ metric, outcome: over(sumsOf(recipe, current!), []), truth: then.value, own: own.value }];
  });
}

function sumsOf(recipe: QualityRecipe, profiles: Profiles): number[] {
  const sums = new Float64Array(recipe.width);
  recipe.add(profiles, sums);
  return [...sums];
}
