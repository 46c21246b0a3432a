import { Link } from '@tanstack/react-router';
import type { FeatureWeight, Model } from '../../api/types.ts';
import { count, NOTHING, percent, quantity } from '../../number/format.ts';
import { paths } from '../../paths.ts';
import { PlainTable } from '../../ui/PlainTable.tsx';
import { Sparkline } from '../../ui/Sparkline.tsx';
import { columnName } from '../metric.ts';
import type { PageTime } from '../useRange.ts';
import classes from './explain.module.css';

interface Props {
  readonly features: readonly FeatureWeight[];
  readonly model: Model;
  readonly time: PageTime;
  readonly sent: boolean;
}

/** The features, those that move the answers farthest first. */
export function FeatureTable({ features, model, time, sent }: Props) {
  const most = Math.max(...features.map(({ share }) => share), 1e-12);
  const before = features.some(({ share_before }) => share_before !== null);
  return (
    <section aria-label="Features by weight">
      <h2>Features by how far they move the answer</h2>
      <PlainTable
        label="Features by weight"
        rows={features}
        rowKey={({ name }) => name}
        stack
        columns={[
          {
            title: 'Feature',
            value: ({ name }) => name,
            cell: ({ name }) => (
              <Link {...paths.column(model.id, name, time.search)}>{columnName(name)}</Link>
            ),
          },
          {
            title: 'Share of all attribution',
            value: ({ share }) => share,
            cell: ({ share }) => (
              <span className={classes.share}>
                <i style={{ width: `${(120 * share) / most}px` }} aria-hidden="true" /> {percent(share)}
              </span>
            ),
          },
          ...(before
            ? [
                {
                  title: 'Before',
                  align: 'right' as const,
                  value: ({ share_before }: FeatureWeight) => share_before ?? 0,
                  cell: ({ share_before }: FeatureWeight) =>
                    share_before === null ? NOTHING : percent(share_before),
                },
              ]
            : []),
          ...(sent
            ? [
                {
                  title: 'Share over time',
                  cell: ({ name, path }: FeatureWeight) => (
                    <Sparkline values={path} area label={`Share of ${columnName(name)} over the range`} />
                  ),
                },
              ]
            : []),
          {
            title: sent || model.task === 'regression' ? 'Mean size' : 'Mean size, raw score',
            align: 'right',
            value: ({ size }) => size,
            cell: ({ size }) => quantity(size),
          },
          {
            title: 'Mean, with its sign',
            align: 'right',
            value: ({ signed }) => signed ?? 0,
            cell: ({ signed }) => (signed === null ? NOTHING : quantity(signed)),
          },
          { title: 'n', align: 'right', value: ({ n }) => n, cell: ({ n }) => count(n) },
        ]}
      />
    </section>
  );
}
