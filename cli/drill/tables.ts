import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { dataset } from '../demo/table.ts';
import { Misuse } from '../failure.ts';
import { type DrillTable, drillTable, readDrillTable } from './drill-table.ts';

const ADULT =
  'age,workclass,fnlwgt,education,education-num,marital-status,occupation,relationship,race,sex,capital-gain,capital-loss,hours-per-week,native-country,income'.split(
    ',',
  );

/** The tables that ship with Tiltmeter. */
const SHIPPED: Readonly<Record<string, () => DrillTable>> = {
  adult: () => drillTable('adult', dataset('adult/adult.data.csv.gz', ADULT), 'income', ['fnlwgt']),
  'bike-sharing': () =>
    drillTable('bike-sharing', dataset('bike-sharing/hour.csv.gz'), 'cnt', [
      'instant',
      'dteday',
      'casual',
      'registered',
      'yr',
    ]),
};

/** A table by the name under which it ships, or from a file of the user's. */
export async function tableOf(
  named: string,
  label: string | undefined,
  without: readonly string[],
): Promise<DrillTable> {
  const shipped = SHIPPED[named];
  if (shipped !== undefined) return shipped();
  if (!existsSync(named))
    throw new Misuse(
      `There is no table ${named}`,
      `Name a file, or one of ${Object.keys(SHIPPED).join(', ')}.`,
    );
  if (label === undefined)
    throw new Misuse(`Which column of ${named} is to be predicted?`, 'Say it with --label COLUMN.');
  return readDrillTable({ file: named, label, without });
}

/** Where real tables lie beside the checkout; they do not ship. */
const BESIDE = join(import.meta.dirname, '../../../shared/data');

/** The tables of the benchmark that are there. */
export async function benchTables(folder = BESIDE): Promise<DrillTable[]> {
  const wishes = [
    { name: 'elec2', file: 'elec2/electricity-normalized.csv.gz', label: 'class', without: ['date'] },
    { name: 'beijing-pm25', file: 'beijing_pm25/pollution.csv.gz', label: 'pm2.5', without: ['No', 'year'] },
    {
      ...{ name: 'acs', file: 'acs_employment_ma/employment_MA_reference.pq', label: 'employed' },
      without: ['id', 'prediction', 'predicted_probability', 'year', 'timestamp'],
    },
  ].map((wish) => ({ ...wish, file: join(folder, wish.file) }));
  const shipped = Object.values(SHIPPED).map((read) => read());
  const beside = await Promise.all(wishes.filter(({ file }) => existsSync(file)).map(readDrillTable));
  return [...shipped, ...beside];
}
