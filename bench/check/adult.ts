import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Pair } from './tables.ts';

const ADULT = join(import.meta.dirname, '../../datasets/adult/adult.data.csv.gz');
const NAMES =
  'age,workclass,fnlwgt,education,education_num,marital,occupation,relationship,race,sex,gain,loss,hours,country,income';

/** Two files of so many rows of Adult, with its 15 columns. */
export function writeAdult(folder: string, rows: number): Pair {
  const lines = gunzipSync(readFileSync(ADULT)).toString('utf8').split('\n');
  const write = (name: string, from: number) => {
    const file = join(folder, `adult-${name}.csv`);
    writeFileSync(file, `${[NAMES, ...lines.slice(from, from + rows)].join('\n')}\n`);
    return file;
  };
  return { reference: write('reference', 0), current: write('current', 10_000) };
}
