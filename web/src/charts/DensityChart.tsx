import { useMemo } from 'react';
import { digits, percent } from '../number/format.ts';
import { PlainTable } from '../ui/PlainTable.tsx';
import classes from './distribution.module.css';
import { densityOption, distributionSummary, isRange, type Share } from './distribution-option.ts';
import { PairedBars } from './PairedBars.tsx';
import { Plot } from './Plot.tsx';
import { useTokens } from './useTokens.ts';

/** A numeric column: densities over one another, and beside them what has no place on the axis. */
export function DensityChart({ column, shares }: { column: string; shares: readonly Share[] }) {
  const tokens = useTokens();
  const option = useMemo(() => densityOption(shares, tokens), [shares, tokens]);
  const beside = shares.filter((bin) => !isRange(bin));
  return (
    <div className={classes.beside}>
      <Plot option={option} height={260} label={distributionSummary(column, shares)} />
      {beside.length > 0 && (
        <div>
          <h3>Not on the axis, share of rows</h3>
          <PairedBars shares={beside} whole />
        </div>
      )}
    </div>
  );
}

/** The same numbers as a table, bin by bin. */
export function BinTable({ column, shares }: { column: string; shares: readonly Share[] }) {
  return (
    <div className={classes.table}>
      <PlainTable
        label={`Distribution of ${column}`}
        rows={shares.filter((bin) => bin.reference > 0 || bin.current > 0)}
        rowKey={(bin, i) => `${bin.kind} ${bin.label} ${i}`}
        columns={[
          { title: 'Bin', cell: binName },
          { title: 'Reference, n', align: 'right', cell: (bin) => bin.reference.toLocaleString('en-GB') },
          { title: 'Reference', align: 'right', cell: (bin) => percent(bin.referenceShare) },
          { title: 'Current, n', align: 'right', cell: (bin) => bin.current.toLocaleString('en-GB') },
          { title: 'Current', align: 'right', cell: (bin) => percent(bin.currentShare) },
          {
            title: 'Difference',
            align: 'right',
            cell: (bin) => points(bin.currentShare - bin.referenceShare),
          },
        ]}
      />
    </div>
  );
}

function points(difference: number): string {
  return `${difference > 0 ? '+' : ''}${(difference * 100).toFixed(1)} pp`;
}

export function binName(bin: Share): string {
  if (isRange(bin)) return `${digits(bin.from!, 4)} to ${digits(bin.to!, 4)}`;
  if (bin.kind === 'new') return `${bin.label} (new)`;
  return bin.label === '' ? bin.kind.replaceAll('_', ' ') : bin.label;
}
