import { createHash } from 'node:crypto';
import { SingleBar } from 'cli-progress';
import { Command, Option } from 'commander';
import type { Receipt, Tiltmeter } from '../../clients/typescript/tiltmeter.ts';
import type { TextFacts } from '../../tables/rules/tally.ts';
import { surveyRows } from '../../tables/survey-rows.ts';
import type { TableRow } from '../../tables/table-row.ts';
import { example, type MakeCommand } from '../command.ts';
import { connect, connecting } from '../connection.ts';
import { Misuse } from '../failure.ts';
import { type Fits, FittingFirst, type Placed } from '../import/fitting-first.ts';
import {
  checkMapping,
  labelOf,
  type Mapping,
  parseMapping,
  predictionOf,
  type Target,
  withNamesakes,
} from '../import/mapping.ts';
import { knownTypes, readCells } from '../import/read-cells.ts';
import { openRows } from '../import/rows.ts';
import { print } from '../print.ts';
import type { Terminal } from '../terminal.ts';

/** Rows a request. */
const BATCH = 1000;

interface Summary {
  rows: number;
  predictions: Omit<Receipt, 'rejected'>;
  labels: Omit<Receipt, 'rejected'>;
  unreadable_lines: number;
  /** How the file was read, where that is not plain. */
  notes: string[];
  first_reasons: string[];
}

const collect = (value: string, before: string[]) => [...before, value];

export const importFile: MakeCommand = (terminal, exit) => {
  const command = connecting(new Command('import'))
    .description('predictions or labels from a file, through the same way in as everything else')
    .argument('<file>', 'delimited text or JSON, plain or compressed')
    .requiredOption('--model <model>', 'name of the model')
    .addOption(
      new Option('--kind <kind>', 'what the rows are')
        .choices(['predictions', 'labels'])
        .default('predictions'),
    )
    .option('--map <part=column>', 'which column is the id, time, prediction, score, label, …', collect, [])
    .option('--ignore <columns>', 'columns that are no features', collect, [])
    .option('--json', 'print JSON')
    .action(async (file, options) => {
      const summary = await importing(terminal, connect(terminal, options, true), file, options);
      print(terminal, options.json, summary, inWords);
      if (summary.predictions.rejected_total + summary.labels.rejected_total + summary.unreadable_lines > 0)
        exit(1);
    });
  return example(
    command,
    'tiltmeter import scored.csv --model credit-risk --map id=loan,time=scored_at,prediction=decision,score=p,label=defaulted',
    'tiltmeter import truth.csv --model credit-risk --kind labels --map id=loan,label=defaulted',
  ).addHelpText(
    'after',
    '\nA column named like a part plays it; the others are features. An interrupted import is repeated as it is: rows that are stored are not stored twice.',
  );
};

interface ImportOptions {
  model: string;
  kind: 'predictions' | 'labels';
  map: string[];
  ignore: string[];
}

async function importing(
  terminal: Terminal,
  client: Tiltmeter,
  path: string,
  options: ImportOptions,
): Promise<Summary> {
  const asked = parseMapping(options.map, options.ignore);
  const file = await openRows(path);
  const bar = new SingleBar({
    format: 'import {bar} {percentage}% | {rows} rows | {duration_formatted}',
    stream: terminal.stderr,
    noTTYOutput: false,
  });
  const none = { received: 0, stored: 0, duplicates: 0, rejected_total: 0 };
  const summary: Summary = {
    rows: 0,
    predictions: none,
    labels: none,
    unreadable_lines: 0,
    notes: [...file.notes],
    first_reasons: [],
  };
  // The file is read twice: what its columns are is known when all of it has been looked at.
  bar.start(2 * file.bytes, 0, { rows: 0 });
  try {
    const { rows, columns } = await surveyRows(file.rows((bytes) => bar.update(bytes)));
    if (rows > 0) {
      const target = await targetOf(client, columns, asked, options, summary);
      const passed = (bytes: number) => bar.update(file.bytes + bytes, { rows: summary.rows });
      await sendAll(client, target, options.kind, file.rows(passed), summary);
    }
  } finally {
    bar.stop();
  }
  summary.unreadable_lines = file.skipped.length;
  summary.first_reasons.push(
    ...file.skipped.slice(0, 5).map(({ line, reason }) => `line ${line}: ${reason}`),
  );
  return summary;
}

interface Sending extends Target {
  /** Columns whose type the first value that is sent will set. */
  readonly unsettled: readonly string[];
  readonly fits: Fits;
}

async function targetOf(
  client: Tiltmeter,
  columns: ReadonlyMap<string, TextFacts>,
  asked: Mapping,
  { model, kind }: ImportOptions,
  summary: Summary,
): Promise<Sending> {
  const mapping = fitting(asked, new Set(columns.keys()), kind);
  const known = await knownTypes(client, model);
  const prediction = mapping.roles.get('prediction');
  const stored = (name: string) => (name === prediction ? '_prediction' : name);
  const types = [...columns.keys()].flatMap((name) => {
    const type = known.get(stored(name));
    return type === undefined ? [] : [[name, type] as const];
  });
  const { cells, fits } = readCells(columns, new Map(types));
  const nested = [...columns.keys()].filter((name) => !cells.has(name) && name !== 'features');
  if (nested.length > 0) summary.notes.push(`left out, as they hold lists or objects: ${nested.join(', ')}`);
  const open = [...cells.keys()].filter((name) => !known.has(stored(name)) && !mapping.ignored.has(name));
  return { model, mapping, cells, fits, unsettled: kind === 'predictions' ? open : [] };
}

async function sendAll(
  client: Tiltmeter,
  target: Sending,
  kind: ImportOptions['kind'],
  rows: AsyncIterable<TableRow>,
  summary: Summary,
): Promise<void> {
  const order = new FittingFirst(target.unsettled, target.fits, BATCH);
  let batch: Placed[] = [];
  let index = 0;
  for await (const row of rows) {
    batch.push({ row, index: index++ });
    if (batch.length < BATCH) continue;
    await sendBatch(client, target, kind, order.next(batch), summary);
    batch = [];
  }
  await sendBatch(client, target, kind, [...order.next(batch), ...order.rest()], summary);
}

/** The mapping as the file's columns allow it; misuse is said before anything is sent. */
function fitting(mapping: Mapping, columns: ReadonlySet<string>, kind: ImportOptions['kind']): Mapping {
  checkMapping(mapping, columns);
  const full = withNamesakes(mapping, columns);
  if (kind === 'labels' && !(full.roles.has('label') && full.roles.has('id'))) {
    throw new Misuse('Labels need the id of their prediction', 'Add --map id=COLUMN,label=COLUMN.');
  }
  return full;
}

async function sendBatch(
  client: Tiltmeter,
  target: Target,
  kind: ImportOptions['kind'],
  rows: readonly Placed[],
  summary: Summary,
): Promise<void> {
  if (rows.length === 0) return;
  const idempotencyKey = `import-${createHash('sha256')
    .update(JSON.stringify([target.model, kind, rows]))
    .digest('hex')}`;
  if (kind === 'predictions') {
    const events = rows.map(({ row, index }) => predictionOf(row, index, target));
    note(summary, 'predictions', await client.predictions(events, { idempotencyKey }), rows);
  }
  const labelled = rows.flatMap((placed) => {
    const label = labelOf(placed.row, placed.index, target, kind === 'labels');
    return label === undefined ? [] : [{ placed, label }];
  });
  if (labelled.length > 0) {
    const labels = labelled.map(({ label }) => label);
    const receipt = await client.labels(labels, { idempotencyKey: `${idempotencyKey}-l` });
    note(
      summary,
      'labels',
      receipt,
      labelled.map(({ placed }) => placed),
    );
  }
  summary.rows += rows.length;
}

/** @param rows those that were sent, in their order. */
function note(
  summary: Summary,
  kind: ImportOptions['kind'],
  receipt: Receipt,
  rows: readonly Placed[],
): void {
  const { received, stored, duplicates, rejected_total } = summary[kind];
  summary[kind] = {
    received: received + receipt.received,
    stored: stored + receipt.stored,
    duplicates: duplicates + receipt.duplicates,
    rejected_total: rejected_total + receipt.rejected_total,
  };
  const room = 5 - summary.first_reasons.length;
  for (const { index, code, message } of receipt.rejected.slice(0, Math.max(0, room))) {
    summary.first_reasons.push(`row ${rows[index]!.index + 1}: ${message} (${code})`);
  }
}

function inWords({ rows, predictions, labels, unreadable_lines, notes, first_reasons }: Summary): string {
  const part = (name: string, r: Omit<Receipt, 'rejected'>) =>
    r.received === 0
      ? []
      : [`${name}: ${r.stored} stored, ${r.duplicates} were there already, ${r.rejected_total} rejected`];
  return [
    `${rows} rows read${unreadable_lines > 0 ? `, ${unreadable_lines} lines could not be read` : ''}`,
    ...part('predictions', predictions),
    ...part('labels', labels),
    ...notes.map((note) => `note: ${note}`),
    ...first_reasons.map((reason) => `  ${reason}`),
  ].join('\n');
}
