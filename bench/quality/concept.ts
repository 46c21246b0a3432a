import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { settingsOf } from '../../server/monitors/judge/state/settings.ts';
import { qualitySubject } from '../../server/monitors/judge/windows/subjects.ts';
import type { LabelledModel } from '../../server/monitors/kind.ts';
import { concept_drift } from '../../server/monitors/kinds/concept_drift.ts';
import { DETECTOR_NAMES } from '../../server/monitors/measures/loss-level.ts';
import type { QualityRecipe } from '../../server/monitors/subject.ts';
import { Track } from '../../server/monitors/track.ts';
import { categoricalProfile } from '../../server/profiles/compute.ts';
import { CONFUSION_SEPARATOR } from '../../server/profiles/profile.ts';
import { predictColumns, trainBoostedTrees } from '../../stats/trees/boosted-trees.ts';
import type { Feature } from '../../stats/trees/feature.ts';

const HOUR = 3_600_000;

/** Rows in order of time, of two classes. */
export interface Stream {
  readonly name: string;
  readonly features: readonly { readonly name: string; readonly values: readonly number[] }[];
  readonly label: readonly number[];
  /** Rows that a bucket holds, and rows that a model is trained on. */
  readonly bucket: number;
  readonly train: number;
}

const lines = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) => line.trim());

/** SEA: the concept changes every 12,500 rows; buckets of 20 rows. */
export function seaStream(folder: string): Stream {
  const read = (name: string) => lines(readFileSync(join(folder, 'sea_drift', name), 'utf8'));
  const rows = read('SEA_training_data.csv').map((line) => line.split(',').map(Number));
  const features = [0, 1, 2].map((column) => ({
    name: `f${column}`,
    values: rows.map((row) => row[column]!),
  }));
  return {
    name: 'SEA',
    features,
    label: read('SEA_training_class.csv').map(Number),
    bucket: 20,
    train: 2_500,
  };
}

/** Elec2 without date and the price that decides: half hours, buckets of a day. */
export function electricityStream(folder: string): Stream {
  const text = gunzipSync(readFileSync(join(folder, 'elec2', 'electricity-normalized.csv.gz'))).toString();
  const [head, ...rows] = lines(text).map((line) => line.split(',').map((cell) => cell.replaceAll('"', '')));
  const used = ['day', 'period', 'nswdemand', 'vicprice', 'vicdemand', 'transfer'];
  const features = used.map((name) => ({
    name,
    values: rows.map((row) => Number(row[head!.indexOf(name)])),
  }));
  return {
    name: 'Elec2',
    features,
    label: rows.map((row) => Number(row.at(-1) === 'UP')),
    bucket: 48,
    train: 2_500,
  };
}

/**
 * Rows at which concept drift is told when a model is trained on the first rows, watched, and trained again on the rows after
 * each alarm.
 */
export function conceptDrifts(stream: Stream, detector?: string): number[] {
  const alarms: number[] = [];
  for (let from = 0; from + stream.train < stream.label.length; ) {
    const found = firstDrift(stream, from, detector);
    if (found === null) break;
    alarms.push(found);
    from = found;
  }
  return alarms;
}

/** The row at which concept drift is told, at default settings, of a model trained on the rows from `trained` on; null when it is not. */
export function firstDrift(
  { features, label, bucket, train }: Stream,
  trained: number,
  name: string | undefined,
): number | null {
  const part = (a: number, b: number): Feature[] =>
    features.map((feature) => ({
      name: feature.name,
      kind: 'numeric',
      values: feature.values.slice(a, b),
    }));
  const model = trainBoostedTrees(part(trained, trained + train), label.slice(trained, trained + train), {
    ...{ objective: 'logistic', trees: 60, leaves: 8 },
  });
  const start = trained + train;
  const [scores] = predictColumns(model, part(start, label.length));
  const wrongs = [...scores!].map((score, i) => [label[start + i]!, Number(score >= 0.5)] as const);
  const buckets = Math.floor(wrongs.length / bucket);
  const history = new Map(
    Array.from({ length: buckets }, (_, i) => {
      const pairs = wrongs.slice(i * bucket, (i + 1) * bucket).map((pair) => pair.join(CONFUSION_SEPARATOR));
      return [i * HOUR, categoricalProfile(pairs)] as const;
    }),
  );
  const known: LabelledModel = {
    ...{ task: 'binary', positive: '1', waiting: 0, impact: null, grids: new Map() },
    known: new Set(['_confusion']),
  };
  const recipe = concept_drift.recipe(known, undefined) as QualityRecipe;
  const traffic = Track.of(1, buckets, () => [bucket]);
  const subject = qualitySubject(
    { start: 0, bucketMs: HOUR, buckets, traffic },
    { recipe, histories: new Map([['_confusion', history]]), baseline: null, matureTo: buckets },
  );
  const options = name === undefined ? {} : { detector: name };
  const { settings } = settingsOf(
    concept_drift,
    options,
    { bucket_ms: HOUR, window_ms: 24 * HOUR },
    recipe.metric,
  );
  for (let i = 0; i < buckets; i++)
    if (concept_drift.compute(subject, i, settings).verdict === 'breach') return start + (i + 1) * bucket;
  return null;
}

/** First row of Elec2 in which Victoria's market is part of it; its columns were constant before. */
const MARKET = 17_424;

/** Concept drift found in streams of which it is known where they change, as Markdown. `folder`: that of the public tables. */
export function conceptDrift(folder: string): void {
  const sea = seaStream(folder);
  console.log(
    '\n### Concept drift\n\n| stream | detector | told at row | labels after the change |\n|---|---|---|---|',
  );
  for (const detector of DETECTOR_NAMES) {
    const alarms = conceptDrifts(sea, detector);
    const after = alarms.map((row) => row % CONCEPT).join(', ');
    console.log(`| SEA, changes at 12,500, 25,000, 37,500 | ${detector} | ${alarms.join(', ')} | ${after} |`);
  }
  const electricity = electricityStream(folder);
  const found = firstDrift(electricity, MARKET - electricity.train, undefined);
  console.log(
    `| Elec2, trained before row ${MARKET} | adwin | ${found} | ${found === null ? '' : found - MARKET} |`,
  );
}

/** Rows of one concept of SEA. */
const CONCEPT = 12_500;
