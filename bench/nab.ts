/**
 * `npm run bench:nab -- FOLDER [--profile standard] [--series]`: scores the anomaly detector of `stats/anomaly/` on the Numenta Anomaly Benchmark, by the benchmark's own rule. FOLDER has
 * `data/`, `labels/combined_windows.json` and `config/profiles.json`, as https://github.com/numenta/NAB. One threshold for all series, which is not looked for:
 * the detector's own. Numbers were chosen on the odd half of each folder (first, third … series by name); the even half is told beside it. Prints Markdown.
 */
import { parseArgs } from 'node:util';
import { Surprises } from '../stats/anomaly/surprise.ts';
import { type LabelledSeries, readCorpus, readProfile } from './nab/corpus.ts';
import { normalised, type SeriesScore, scoreSeries } from './nab/score.ts';

const { values: asked, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    profile: { type: 'string', default: 'standard' },
    series: { type: 'boolean', default: false },
  },
});
const folder = positionals[0];
if (folder === undefined) throw new Error('npm run bench:nab -- FOLDER: where the benchmark lies');
const costs = readProfile(folder, asked.profile);

const scored = readCorpus(folder).map((series) => ({
  series,
  score: scoreSeries(detections(series), series.windows, series.values.length, costs),
}));
type Scored = (typeof scored)[number];

const folderOf = ({ series }: Scored) => series.name.split('/')[0]!;
const folders = [...Map.groupBy(scored, folderOf)];
const half = (odd: boolean) =>
  folders.flatMap(([, own]) => own.filter((_, place) => (place % 2 === 0) === odd));

console.log(`| series | score (${asked.profile}) | windows found | false alarms |\n|---|---:|---:|---:|`);
if (asked.series) for (const each of scored) tell(each.series.name, [each]);
for (const [name, own] of folders) if (windowsOf(own) > 0) tell(name, own);
tell(`half that numbers were chosen on, ${half(true).length} series`, half(true));
tell(`other half, ${half(false).length} series`, half(false));
tell(`**all ${scored.length}**`, scored);

/** Rows at which an anomaly is told, each said by the rows before it alone. */
function detections({ times, values }: LabelledSeries): number[] {
  const surprises = new Surprises({ stepMs: times[1]! - times[0]! });
  return [...values.keys()].filter((row) => surprises.after(times[row]!, values[row]!).anomalous);
}

function tell(name: string, some: readonly Scored[]): void {
  const sum = (pick: (score: SeriesScore) => number) => some.reduce((all, { score }) => all + pick(score), 0);
  const windows = windowsOf(some);
  const total =
    windows === 0
      ? '–'
      : normalised(
          sum(({ score }) => score),
          windows,
          costs,
        ).toFixed(1);
  console.log(
    `| ${name} | ${total} | ${sum(({ found }) => found)} of ${windows} | ${sum(({ falseAlarms }) => falseAlarms)} |`,
  );
}

function windowsOf(some: readonly Scored[]): number {
  return some.reduce((all, { series }) => all + series.windows.length, 0);
}
