import type { CheckMultivariate } from '../contract/check.ts';
import { domainClassifier } from '../stats/multivariate/domain-classifier.ts';
import { random } from '../stats/random.ts';
import type { Engine } from '../tables/engine/engine.ts';
import { features } from './features.ts';
import type { PlannedColumn } from './plan.ts';
import { type SampledRows, type SampleWish, sampleRows } from './rows.ts';
import type { Table } from './table/table.ts';

/** The lower bound of the area at which the rows as a whole count as moved. */
export const DOMAIN_THRESHOLD = 0.65;
/** What is told of a table that was not looked at as a whole. */
export const NOT_COMPARED = {
  domain_classifier_auc: null,
  drift: false,
  threshold: DOMAIN_THRESHOLD,
  columns: [],
} satisfies CheckMultivariate;

/** Values that the trees look at on each side: few columns get many rows, many columns few. */
const VALUES = 120_000;
const FEWEST_ROWS = 800;
const MOST_ROWS = 10_000;
const MOST_COLUMNS = 500;
const SEED = 20_261_120;

type SampledColumns = SampledRows['columns'];

/** Why a table is not looked at as a whole; no reason: it is. */
export function notMultivariate(rows: readonly [number, number], columns: number): string | null {
  if (Math.min(...rows) < 200) return 'not_enough_data';
  if (columns < 2) return 'fewer_than_two_columns';
  return columns > MOST_COLUMNS ? 'too_many_columns' : null;
}

/** The rows of each table that the comparison wants; null when the columns are too few or too many for it. */
export function wholeWish(columns: readonly PlannedColumn[]): SampleWish | null {
  if (columns.length < 2 || columns.length > MOST_COLUMNS) return null;
  const most = Math.max(FEWEST_ROWS, Math.min(MOST_ROWS, Math.floor(VALUES / columns.length)));
  return { names: new Set(columns.map(({ name }) => name)), most };
}

/**
 * Domain classifier over all input columns: trees learn to tell current from reference rows, on rows sampled from both.
 * What it finds beyond the single columns are changed combinations.
 * @param sampled the rows of `wholeWish` by table, where they are known already.
 */
export async function compareWhole(
  engine: Engine,
  tables: readonly [Table, Table],
  rows: readonly [number, number],
  columns: readonly PlannedColumn[],
  sampled: readonly [SampledColumns | null, SampledColumns | null],
): Promise<CheckMultivariate> {
  const reason = notMultivariate(rows, columns.length);
  if (reason !== null) return { ...NOT_COMPARED, reason };
  const { most } = wholeWish(columns)!;
  const plans = columns.map(({ plan }) => plan);
  const names = columns.map(({ name }) => name);
  const rowsOf = async (side: 0 | 1) =>
    features(
      sampled[side] ? { columns: sampled[side] } : await sampleRows(engine, tables[side], plans, most),
      names,
    );
  const [before, after] = [await rowsOf(0), await rowsOf(1)];
  const found = domainClassifier(before, after, { random: random(SEED), folds: 3, trees: 20 });
  if ('reason' in found) return { ...NOT_COMPARED, reason: found.reason };
  const separating = found.importance.filter(({ share }) => share > 0).sort((a, b) => b.share - a.share);
  return {
    domain_classifier_auc: found.value,
    low: found.low,
    high: found.high,
    drift: found.low >= DOMAIN_THRESHOLD,
    threshold: DOMAIN_THRESHOLD,
    columns: separating.slice(0, 20),
  };
}
