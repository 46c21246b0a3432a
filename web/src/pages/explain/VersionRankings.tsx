import type { Explanation, FeatureWeight } from '../../api/types.ts';
import { count, percent } from '../../number/format.ts';
import { PlainTable } from '../../ui/PlainTable.tsx';
import frame from '../frame/frame.module.css';
import { columnName, sentenceCase } from '../metric.ts';
import { versionName } from '../model/versions/words.ts';

/** Features that are named of each version. */
const NAMED = 5;

/** What each version goes by most, and how alike its ranking is to that of the version with most rows. */
export function VersionRankings({
  versions,
  features,
}: {
  versions: Explanation['versions'];
  features: readonly FeatureWeight[];
}) {
  const top = features.slice(0, NAMED).map(({ name }) => name);
  return (
    <section aria-label="Versions">
      <h2>Share of the five that weigh most, by version</h2>
      <PlainTable
        label="Shares by version"
        rows={versions}
        rowKey={({ version }) => version}
        stack
        columns={[
          { title: 'Version', cell: ({ version }) => sentenceCase(versionName(version)) },
          ...top.map((name) => ({
            title: columnName(name),
            align: 'right' as const,
            cell: ({ shares }: Explanation['versions'][number]) => percent(shares[name] ?? 0),
          })),
          {
            title: 'Ranking, nDCG',
            align: 'right',
            cell: ({ ranking }) =>
              ranking === null ? <span className={frame.quiet}>compared with this</span> : ranking.toFixed(3),
          },
          { title: 'n', align: 'right', cell: ({ n }) => count(n) },
        ]}
      />
    </section>
  );
}
