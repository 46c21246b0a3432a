import type { CheckMultivariate } from '../contract/check.ts';
import { domainClassifier } from '../stats/multivariate/domain-classifier.ts';
import { random } from '../stats/random.ts';
import type { Engine } from './engine.ts';
import { features } from './features.ts';
import type { PlannedColumn } from './plan.ts';
import { sampleRows } from './rows.ts';
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

/** Why a table is not looked at as a whole; no reason: it is. */
export function notMultivariate(rows: readonly [number, number], columns: number): string | null {
  if (Math.min(...rows) < 200) return 'not_enough_data';
  if (columns < 2) return 'fewer_than_two_columns';
  return columns > MOST_COLUMNS ? 'too_many_columns' : null;
}

/**
 * Domain classifier over all input columns: trees learn to tell current from reference rows, on rows sampled from both.
 * What it finds beyond the single columns are changed combinations.
 */
export async function compareWhole(
  engine: Engine,
  tables: readonly [Table, Table],
  rows: readonly [number, number],
  columns: readonly PlannedColumn[],
): Promise<CheckMultivariate> {
  const reason = notMultivariate(rows, columns.length);
  if (reason !== null) return { ...NOT_COMPARED, reason };
  const most = Math.max(FEWEST_ROWS, Math.min(MOST_ROWS, Math.floor(VALUES / columns.length)));
  const plans = columns.map(({ plan }) => plan);
  const names = columns.map(({ name }) => name);
  const [before, after] = [
    features(await sampleRows(engine, tables[0], plans, most), names),
    features(await sampleRows(engine, tables[1], plans, most), names),
  ];
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
