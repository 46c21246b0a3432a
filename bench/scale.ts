/**
 * `npm run bench:scale -- --parts rows,ids,models,replay,live,labels,pages,erase,told,late`: what grows with rows, ids, models and late labels, each beside a
 * yardstick of the same run. Sizes are those of docs/benchmarks.md; `--rows`, `--models`, `--hours` and `--seconds` make them smaller.
 * Prints Markdown.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { erase } from './scale/erase.ts';
import { ids } from './scale/ids.ts';
import { labels } from './scale/labels.ts';
import { late } from './scale/late.ts';
import { live } from './scale/live.ts';
import { models } from './scale/models.ts';
import { pages } from './scale/pages.ts';
import { replay } from './scale/replay.ts';
import { rows } from './scale/rows.ts';
import { told } from './scale/told.ts';

export interface Sizes {
  /** A folder of the part's own. */
  readonly dir: string;
  readonly rows?: number;
  readonly models?: number;
  readonly hours?: number;
  readonly seconds?: number;
}

export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly yardstick?: number;
  /** What the yardstick is. */
  readonly of?: string;
}

export type Part = (sizes: Sizes) => Promise<Figure[]>;

const PARTS: Readonly<Record<string, Part>> = {
  rows,
  ids,
  models,
  replay,
  live,
  labels,
  pages,
  erase,
  told,
  late,
};

if (import.meta.main) {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    options: { parts: text, rows: text, models: text, hours: text, seconds: text },
  });
  const sizes = Object.fromEntries(
    (['rows', 'models', 'hours', 'seconds'] as const).flatMap((name) =>
      values[name] ? [[name, Number(values[name])]] : [],
    ),
  );
  const cpu = /model name\s*: (.*)/.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1] ?? cpus()[0]?.model;
  console.log(`## Scale (\`npm run bench:scale\`)

${cpus().length} × ${cpu}, ${Math.round(totalmem() / 1e9)} GB, Node ${process.version}.

| | | yardstick | | ratio |
|---|---:|---|---:|---:|`);
  for (const name of (values.parts ?? Object.keys(PARTS).join(',')).split(',')) {
    const part = PARTS[name];
    if (part === undefined)
      throw new Error(`there is no part ${name}; parts are ${Object.keys(PARTS).join(', ')}`);
    const dir = mkdtempSync(join(tmpdir(), `tiltmeter-scale-${name}-`));
    try {
      for (const { what, value, yardstick, of } of await part({ ...sizes, dir })) {
        const beside =
          yardstick === undefined ? ' | | ' : `${of} | ${digits(yardstick)} | ${digits(value / yardstick)}`;
        console.log(`| ${what} | ${digits(value)} | ${beside} |`);
      }
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  }
}

function digits(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)));
}
