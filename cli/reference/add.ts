import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { type Tiltmeter, TiltmeterApiError } from '../../clients/typescript/tiltmeter.ts';
import type { Reference } from '../../contract/reference.ts';
import { type Plan, planImport } from '../../mapping/plan.ts';
import type { KnownModel } from '../../mapping/read-cells.ts';
import { referenceColumns } from '../../mapping/reference.ts';
import type { Understood } from '../../mapping/understood.ts';
import { compressionOf } from '../../tables/files/compression.ts';
import type { TableFormat } from '../../tables/files/format.ts';
import { openRows, type RowTable } from '../../tables/open-rows.ts';
import { type RowsSurvey, surveyRows } from '../../tables/survey-rows.ts';
import type { TableRow } from '../../tables/table-row.ts';
import { Misuse } from '../failure.ts';
import { knownModel } from '../import/known-model.ts';
import { parseMapping } from '../import/parse-mapping.ts';

const SHORT = ['prediction', 'score', 'label'] as const;

export interface AddOptions extends Readonly<Partial<Record<(typeof SHORT)[number], string>>> {
  readonly model: string;
  readonly name?: string;
  /** `part=column`, as `import` takes them. */
  readonly map: readonly string[];
  readonly ignore: readonly string[];
  readonly guess: boolean;
  /** False: monitors go on comparing with what they compare with. */
  readonly default?: boolean;
}

/** A reference that was stored, and which columns were taken for what. */
export interface Added {
  readonly reference: Reference;
  readonly understood: Understood;
}

/** Rows from whose values it is seen whether a column of a likely name plays a part. */
const LOOKED_AT = 2000;
/** Smaller bodies are sent as they are. */
const SMALL = 1 << 20;

const MEDIA: Readonly<Record<TableFormat, string>> = {
  csv: 'text/csv',
  jsonl: 'application/x-ndjson',
  parquet: 'application/vnd.apache.parquet',
  arrow: 'application/vnd.apache.arrow.file',
  arrow_stream: 'application/vnd.apache.arrow.stream',
};

/** Sends what paths and globs name as one table; the server reads it by the same rules. */
export async function addReference(
  client: Tiltmeter,
  patterns: readonly string[],
  options: AddOptions,
): Promise<Added> {
  const table = await openRows(patterns);
  const folder = await mkdtemp(join(tmpdir(), 'tiltmeter-reference-'));
  try {
    const understood = await understoodOf(client, table, options);
    const search = new URLSearchParams({ name: nameOf(options, table.files) });
    if (options.default === false) search.set('default', 'false');
    for (const [name, column] of referenceColumns(understood)) search.append(name, column);
    const body = await bodyOf(table, folder);
    const path = `/models/${encodeURIComponent(options.model)}/references/file?${search}`;
    const media =
      MEDIA[table.files.length > 1 && table.format.startsWith('arrow') ? 'parquet' : table.format];
    const reference = await client
      .upload<Reference>(path, body, media)
      .catch((error) => explained(error, options.model, search.get('name')!));
    return { reference, understood };
  } finally {
    table.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** The same as an import understands it, of the first rows: the server reads them all. */
async function understoodOf(client: Tiltmeter, table: RowTable, options: AddOptions): Promise<Understood> {
  const sample: TableRow[] = [];
  for await (const row of table.rows()) if (sample.push(row) === LOOKED_AT) break;
  const survey = await surveyRows(sample, table.stored);
  return planReference(survey, sample, await knownModel(client, options.model), options).understood;
}

/** How the rows of a table are understood as a reference. */
export function planReference(
  survey: RowsSurvey,
  sample: readonly TableRow[],
  known: KnownModel,
  options: AddOptions,
): Plan {
  const short = SHORT.flatMap((part) => (options[part] === undefined ? [] : [`${part}=${options[part]}`]));
  const asked = parseMapping([...options.map, ...short], options.ignore);
  const { model, guess } = options;
  // Rows of a reference have no time, so that now does not matter.
  return planImport(survey, sample, known, asked, { model, use: 'reference', guess, now: 0 });
}

/** What a reference is called that nobody named. */
export function nameOf({ name }: AddOptions, files: readonly string[]): string {
  return name ?? basename(files[0]!).replace(/\.(gz|zst)$/i, '');
}

/** One file as it lies there, several as one; text is compressed on the way. */
async function bodyOf(table: RowTable, folder: string): Promise<Uint8Array<ArrayBuffer>> {
  let [path] = table.files as readonly [string, ...string[]];
  if (table.files.length > 1) {
    path = join(folder, 'one');
    await table.asOne(path);
  }
  const bytes = new Uint8Array(await readFile(path));
  const text = table.format === 'csv' || table.format === 'jsonl';
  if (!text || bytes.length < SMALL || compressionOf(path) !== null) return bytes;
  return new Uint8Array(await promisify(gzip)(bytes));
}

/** A reference is of a model, which comes with its first predictions, and has a name of its own. */
function explained(error: unknown, model: string, name: string): never {
  if (error instanceof TiltmeterApiError && error.status === 404) {
    throw new Misuse(
      `There is no model ${model} yet`,
      `Import predictions first: tiltmeter import FILE --model ${model}. If there are some, check the spelling: tiltmeter model list.`,
    );
  }
  if (error instanceof TiltmeterApiError && error.code === 'conflict')
    throw new Misuse(`${model} has a reference ${name} already`, 'Give this one another name with --name.');
  throw error;
}
