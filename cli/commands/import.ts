import { createHash } from 'node:crypto';
import { SingleBar } from 'cli-progress';
import { Command, Option } from 'commander';
import type { Receipt, Tiltmeter } from '../../clients/typescript/tiltmeter.ts';
import { example, type MakeCommand } from '../command.ts';
import { connect, connecting } from '../connection.ts';
import { Misuse } from '../failure.ts';
import {
  checkMapping,
  labelOf,
  type Mapping,
  parseMapping,
  predictionOf,
  type Target,
  withNamesakes,
} from '../import/mapping.ts';
import { openRows, type Row } from '../import/rows.ts';
import { columnTypes } from '../import/types.ts';
import { print } from '../print.ts';
import type { Terminal } from '../terminal.ts';

/** Rows a request; also the rows that settle the types of CSV columns. */
const BATCH = 1000;

interface Summary {
  rows: number;
  predictions: Omit<Receipt, 'rejected'>;
  labels: Omit<Receipt, 'rejected'>;
  unreadable_lines: number;
  first_reasons: string[];
}

const collect = (value: string, before: string[]) => [...before, value];

export const importFile: MakeCommand = (terminal, exit) => {
  const command = connecting(new Command('import'))
    .description('predictions or labels from a file, through the same way in as everything else')
    .argument('<file>', 'CSV, TSV, JSONL or NDJSON, plain or .gz')
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
  const mapping = parseMapping(options.map, options.ignore);
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
    first_reasons: [],
  };
  let target: Target | undefined;

  const send = async (rows: readonly Row[]) => {
    if (target === undefined) {
      const types = file.textual ? columnTypes(rows) : new Map();
      target = { model: options.model, mapping: fitting(mapping, rows, options.kind), types };
    }
    await sendBatch(client, target, options.kind, rows, summary);
    bar.update(file.position(), { rows: summary.rows });
  };

  bar.start(file.bytes, 0, { rows: 0 });
  try {
    let batch: Row[] = [];
    for await (const row of file.rows) {
      batch.push(row);
      if (batch.length === BATCH) {
        await send(batch);
        batch = [];
      }
    }
    if (batch.length > 0) await send(batch);
  } finally {
    bar.stop();
  }
  summary.unreadable_lines = file.skipped.length;
  summary.first_reasons.push(
    ...file.skipped.slice(0, 5).map(({ line, reason }) => `line ${line}: ${reason}`),
  );
  return summary;
}

/** The mapping as these rows allow it; misuse is said before anything is sent. */
function fitting(mapping: Mapping, rows: readonly Row[], kind: 'predictions' | 'labels'): Mapping {
  const columns = new Set(rows.flatMap((row) => Object.keys(row)));
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
  kind: 'predictions' | 'labels',
  rows: readonly Row[],
  summary: Summary,
): Promise<void> {
  const start = summary.rows;
  const idempotencyKey = `import-${createHash('sha256')
    .update(JSON.stringify([target.model, kind, start, rows]))
    .digest('hex')}`;
  if (kind === 'predictions') {
    const events = rows.map((row, i) => predictionOf(row, start + i, target));
    note(summary, 'predictions', await client.predictions(events, { idempotencyKey }), start);
  }
  const labels = rows
    .map((row, i) => labelOf(row, start + i, target, kind === 'labels'))
    .filter((label) => label !== undefined);
  if (labels.length > 0) {
    note(summary, 'labels', await client.labels(labels, { idempotencyKey: `${idempotencyKey}-l` }), start);
  }
  summary.rows += rows.length;
}

function note(summary: Summary, kind: 'predictions' | 'labels', receipt: Receipt, start: number): void {
  const { received, stored, duplicates, rejected_total } = summary[kind];
  summary[kind] = {
    received: received + receipt.received,
    stored: stored + receipt.stored,
    duplicates: duplicates + receipt.duplicates,
    rejected_total: rejected_total + receipt.rejected_total,
  };
  const room = 5 - summary.first_reasons.length;
  for (const { index, code, message } of receipt.rejected.slice(0, Math.max(0, room))) {
    summary.first_reasons.push(`row ${start + index + 1}: ${message} (${code})`);
  }
}

function inWords({ rows, predictions, labels, unreadable_lines, first_reasons }: Summary): string {
  const part = (name: string, r: Omit<Receipt, 'rejected'>) =>
    r.received === 0
      ? []
      : [`${name}: ${r.stored} stored, ${r.duplicates} were there already, ${r.rejected_total} rejected`];
  return [
    `${rows} rows read${unreadable_lines > 0 ? `, ${unreadable_lines} lines could not be read` : ''}`,
    ...part('predictions', predictions),
    ...part('labels', labels),
    ...first_reasons.map((reason) => `  ${reason}`),
  ].join('\n');
}
