import { random } from '../../stats/random.ts';
import { generatedTables } from './generated.ts';
import { type Counted, KeptPieces } from './kept-pieces.ts';
import { type Said, saidByOurs } from './ours.ts';
import { halves } from './rows.ts';
import { type MemoryTable, readTables } from './tables.ts';

export interface HonestOptions {
  readonly repetitions: number;
  /** Parts of the names of wanted tables, with | between them; empty: all. */
  readonly only: string;
  /** Rows a side, or `halves` for all there are. */
  readonly sizes: readonly string[];
  /** Whether the rows are told apart too. */
  readonly classifier: boolean;
  /** A file of pieces that were counted: what is in it is not counted again. */
  readonly out: string;
  /** No piece is begun after so many minutes. */
  readonly minutes: number;
}

const HEAD = [
  'checks',
  'failed',
  'failed beside the classifier',
  'moved, small',
  'false columns per check',
  'rows repeat',
  'a pair changed',
  'the table moved',
];

/**
 * Halves of every table without a row in common: how many checks fail, and how many say that a column moved a little. A piece
 * is a table at a size, with randomness of its own, so that many short runs count what one long run counts.
 */
export async function honestHalves(
  folder: string,
  { repetitions, only, sizes, classifier, out, minutes }: HonestOptions,
): Promise<void> {
  const end = performance.now() + 60_000 * minutes;
  const named = (name: string) => only.split('|').some((part) => name.includes(part));
  const all = [...(await readTables(folder, 'all')), ...generatedTables()];
  const pieces = new KeptPieces(out);
  let left = 0;
  for (const size of sizes)
    for (const [t, table] of all.entries()) {
      const n = size === 'halves' ? null : Number(size);
      if (!named(table.name) || (n !== null && 2 * n > table.rows)) continue;
      const key = [table.name, size, repetitions, classifier ? 'classifier' : 'plain'].join(' · ');
      if (pieces.has(key)) continue;
      if (performance.now() > end) left++;
      else pieces.keep(key, table.name, size, counted(table, t, n, repetitions, classifier));
    }
  console.log(`### Honest halves\n${left > 0 ? `\n${left} pieces are left for another run.\n` : ''}`);
  for (const by of ['size', 'table'] as const) {
    console.log(`| | ${HEAD.join(' | ')} |\n|---|${HEAD.map(() => '---:|').join('')}`);
    for (const [title, sum] of pieces.summed(by)) console.log(lineOf(title, sum));
    console.log('');
  }
}

function counted(
  table: MemoryTable,
  place: number,
  size: number | null,
  repetitions: number,
  classifier: boolean,
): Counted {
  const next = random(7_000 + place + 100 * (size ?? 1));
  const sum: Counted = { checks: 0, failed: 0, beside: 0, moved: 0, columns: 0, repeated: 0, pairs: 0, table: 0 }; // biome-ignore format: one record
  for (let k = 0; k < repetitions; k++) {
    const { columns, whole }: Said = saidByOurs(...halves(table, next, size ?? undefined), classifier);
    const failing = columns.filter(({ status }) => status === 'drift' || status === 'quality');
    const small = columns.filter(({ status }) => status === 'shift');
    if (process.env.CALM_NAMES) {
      for (const { name, reasons, moved } of [...failing, ...small])
        console.error(`${table.name} ${size ?? 'halves'} ${name}: ${reasons.join('; ')} q=${moved?.q}`);
      if (whole.drift) console.error(`${table.name} ${size ?? 'halves'}: told apart, ${whole.domain_classifier_auc}, from ${whole.low}`); // biome-ignore format: one line
    }
    const beside = failing.length > 0 || whole.repeated?.status === 'quality';
    sum.checks++;
    sum.failed += Number(beside || whole.drift === true);
    sum.beside += Number(beside);
    sum.moved += Number(small.length > 0);
    sum.columns += failing.length + small.length;
    sum.repeated += Number((whole.repeated?.status ?? 'ok') !== 'ok');
    sum.pairs += Number((whole.dependence?.changed.length ?? 0) > 0);
    sum.table += Number(whole.distance?.moved === true);
  }
  return sum;
}

function lineOf(
  title: string,
  { checks, failed, beside, moved, columns, repeated, pairs, table }: Counted,
): string {
  const share = (count: number) => `${count} (${((100 * count) / Math.max(1, checks)).toFixed(1)} %)`;
  return `| ${[title, checks, share(failed), share(beside), share(moved), (columns / Math.max(1, checks)).toFixed(3), share(repeated), share(pairs), share(table)].join(' | ')} |`;
}
