/**
 * `npm run bench:page -- --parts year,labelled`: what pages of the dashboard ask for. `year`, which is the default: the model page, on a year of hourly profiles
 * of 40 columns; `labelled`: every page that a large model with labels has, request by request as Chromium makes them, with
 * `--rows` predictions (10,000,000). `--data` is a folder in which what a part makes is kept and found again. Prints Markdown.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { labelled } from './page/labelled.ts';
import { year } from './page/year.ts';

const PARTS: Readonly<Record<string, (data: string, rows: number) => Promise<string>>> = { year, labelled };

const text = { type: 'string' } as const;
const { values } = parseArgs({ options: { parts: text, rows: text, data: text } });
for (const name of (values.parts ?? 'year').split(',')) {
  const part = PARTS[name];
  if (part === undefined)
    throw new Error(`there is no part ${name}; parts are ${Object.keys(PARTS).join(', ')}`);
  const data =
    values.data === undefined ? mkdtempSync(join(tmpdir(), 'tiltmeter-bench-')) : join(values.data, name);
  mkdirSync(data, { recursive: true });
  try {
    console.log(await part(data, Number(values.rows ?? 10_000_000)));
  } finally {
    if (values.data === undefined) rmSync(data, { recursive: true, force: true });
  }
}
