import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { Feature } from './feature.ts';

export interface Labelled {
  readonly features: Feature[];
  readonly target: number[];
}

const HOURS = ['season', 'yr', 'mnth', 'hr', 'holiday', 'weekday', 'workingday', 'weathersit', 'temp', 'atemp', 'hum', 'windspeed']; // biome-ignore format: one line

/** Bike sharing: hourly rentals; every fifth row is the test. */
export function bikeSharing(path: string): { train: Labelled; test: Labelled } {
  const [header, ...rows] = lines(path).map((line) => line.split(','));
  const side = (test: boolean): Labelled => {
    const kept = rows.filter((_, i) => (i % 5 === 0) === test);
    const column = (name: string): number[] => kept.map((row) => Number(row[header!.indexOf(name)]));
    return {
      features: HOURS.map((name) => ({ name, kind: 'numeric', values: column(name) })),
      target: column('cnt'),
    };
  };
  return { train: side(false), test: side(true) };
}

const NUMERIC = new Set([0, 2, 4, 10, 11, 12]);

/** Adult: income above 50,000; 6 numeric and 8 categorical columns, '?' is missing. */
export function adult(path: string): Labelled {
  const rows = lines(path).map((line) => line.split(',').map((cell) => cell.trim()));
  const kept = rows.filter((row) => row.length === 15);
  const features = Array.from({ length: 14 }, (_, c): Feature => {
    const name = `c${c}`;
    return NUMERIC.has(c)
      ? { name, kind: 'numeric', values: kept.map((row) => Number(row[c])) }
      : { name, kind: 'categorical', values: kept.map((row) => (row[c] === '?' ? null : row[c]!)) };
  });
  return { features, target: kept.map((row) => (row[14]!.startsWith('>50K') ? 1 : 0)) };
}

function lines(path: string): string[] {
  const bytes = readFileSync(path);
  const text = path.endsWith('.gz') ? gunzipSync(bytes).toString() : bytes.toString();
  return text.split(/\r?\n/).filter((line) => line.trim() !== '');
}
