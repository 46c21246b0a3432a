import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CostMatrix, Window } from './score.ts';

export interface LabelledSeries {
  /** Folder and file, as the benchmark names them. */
  readonly name: string;
  /** Epoch milliseconds, and what was measured then. */
  readonly times: Float64Array;
  readonly values: Float64Array;
  readonly windows: readonly Window[];
}

/** Reads the folder of the benchmark: `data/`, `labels/combined_windows.json`. Series in the order of their names. */
export function readCorpus(folder: string): LabelledSeries[] {
  const labels: Readonly<Record<string, readonly (readonly [string, string])[]>> = JSON.parse(
    readFileSync(join(folder, 'labels/combined_windows.json'), 'utf8'),
  );
  return readdirSync(join(folder, 'data'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.csv'))
    .sort()
    .map((name) => readSeries(folder, name, labels[name] ?? []));
}

export function readProfile(folder: string, name: string): CostMatrix {
  return JSON.parse(readFileSync(join(folder, 'config/profiles.json'), 'utf8'))[name].CostMatrix;
}

function readSeries(
  folder: string,
  name: string,
  labels: readonly (readonly [string, string])[],
): LabelledSeries {
  const rows = readFileSync(join(folder, 'data', name), 'utf8')
    .split('\n')
    .slice(1)
    .filter((line) => line !== '')
    .map((line) => line.split(','));
  const times = Float64Array.from(rows, ([time]) => moment(time!));
  const windows = labels
    .map(([from, to]) => ({
      first: times.findIndex((time) => time >= moment(from)),
      last: times.findLastIndex((time) => time <= moment(to)),
    }))
    .sort((a, b) => a.first - b.first);
  return { name, times, values: Float64Array.from(rows, ([, value]) => Number(value)), windows };
}

const moment = (text: string) => Date.parse(`${text.trim().slice(0, 19).replace(' ', 'T')}Z`);
