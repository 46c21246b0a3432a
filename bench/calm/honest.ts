import { random } from '../../stats/random.ts';
import { generatedTables } from './generated.ts';
import { saidByOurs } from './ours.ts';
import { halves } from './rows.ts';
import { readTables } from './tables.ts';

interface Calm {
  checks: number;
  failed: number;
  moved: number;
  falseColumns: number;
  repeated: number;
  pairs: number;
  table: number;
}

const NOTHING: Calm = { checks: 0, failed: 0, moved: 0, falseColumns: 0, repeated: 0, pairs: 0, table: 0 };

/** Halves of every table without a row in common: how many checks fail, and how many say that a column moved a little. */
export async function honestHalves(
  folder: string,
  repetitions: number,
  only: string,
  wanted: readonly string[],
  classifier: boolean,
): Promise<void> {
  const sizes = wanted.map((size) => (size === 'halves' ? null : Number(size)));
  const named = (name: string) => only.split('|').some((part) => name.includes(part));
  const all = [...(await readTables(folder, 'all')), ...generatedTables()];
  const tables = [...all.entries()].filter(([, { name }]) => named(name));
  const bySize = new Map<string, Calm>();
  const rows: string[] = [];
  for (const [t, table] of tables) {
    const mine: Calm = { ...NOTHING };
    for (const size of sizes) {
      const next = random(7_000 + t + 100 * (size ?? 1));
      if (size !== null && 2 * size > table.rows) continue;
      const title = size === null ? 'halves' : size.toLocaleString('en');
      const all = bySize.get(title) ?? { ...NOTHING };
      bySize.set(title, all);
      for (let k = 0; k < repetitions; k++) {
        const { columns: said, whole } = saidByOurs(...halves(table, next, size ?? undefined), classifier);
        const failing = said.filter(({ status }) => status === 'drift' || status === 'quality');
        const small = said.filter(({ status }) => status === 'shift');
        if (process.env.CALM_NAMES)
          for (const each of [...failing, ...small])
            console.error(
              `${table.name} ${title} ${each.name}: ${each.reasons.join('; ')} q=${each.moved?.q}`,
            );
        for (const sum of [mine, all]) {
          sum.checks++;
          sum.failed += Number(
            failing.length > 0 || whole.repeated?.status === 'quality' || whole.drift === true,
          );
          sum.moved += Number(small.length > 0);
          sum.falseColumns += failing.length + small.length;
          sum.repeated += Number((whole.repeated?.status ?? 'ok') !== 'ok');
          sum.pairs += Number((whole.dependence?.changed.length ?? 0) > 0);
          sum.table += Number(whole.distance?.moved === true);
        }
      }
    }
    rows.push(lineOf(table.name, mine));
  }
  const head =
    '| | checks | failed | moved, small | false columns per check | rows repeat | a pair changed | the table moved |\n|---|---:|---:|---:|---:|---:|---:|---:|';
  console.log('### Honest halves\n');
  console.log([head, ...[...bySize].map(([title, each]) => lineOf(`${title} rows`, each))].join('\n'));
  console.log(`\n${[head, ...rows].join('\n')}`);
}

function lineOf(
  title: string,
  { checks, failed, moved, falseColumns, repeated, pairs, table }: Calm,
): string {
  const share = (count: number) => `${((100 * count) / Math.max(1, checks)).toFixed(1)} %`;
  return `| ${[title, checks, share(failed), share(moved), (falseColumns / Math.max(1, checks)).toFixed(3), share(repeated), share(pairs), share(table)].join(' | ')} |`;
}
