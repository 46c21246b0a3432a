import { type PointerEvent, useMemo, useState } from 'react';
import { digits, percent } from '../number/format.ts';
import { PlainTable } from '../ui/PlainTable.tsx';
import classes from './distribution.module.css';
import {
  binAt,
  DENSITY_AXIS,
  densityOption,
  distributionSummary,
  isRange,
  type Share,
  visibleBins,
} from './distribution-option.ts';
import { PairedBars } from './PairedBars.tsx';
import { Plot } from './Plot.tsx';
import { AGAINST_REFERENCE, type Sides } from './sides.ts';
import { useTokens } from './useTokens.ts';

interface Props {
  readonly column: string;
  /** What is drawn. */
  readonly shares: readonly Share[];
  /** What has no place on the axis is drawn beside it, of these; nothing when absent. */
  readonly beside?: readonly Share[];
  readonly sides?: Sides;
  readonly height?: number;
}

/** A numeric column: densities over one another, and beside them what has no place on the axis. */
export function DensityChart({
  column,
  shares,
  beside = [],
  sides = AGAINST_REFERENCE,
  height = 260,
}: Props) {
  const outside = beside.filter((bin) => !isRange(bin));
  return (
    <div className={beside.length > 0 ? classes.beside : undefined}>
      <Density column={column} shares={shares} sides={sides} height={height} />
      {outside.length > 0 && (
        <div>
          <h3>Not on the axis, share of rows</h3>
          <PairedBars shares={outside} whole sides={sides} />
        </div>
      )}
    </div>
  );
}

/** The drawing; under the pointer what the bin holds of both sides. The table has the same for those without one. */
function Density({ column, shares, sides, height }: Required<Omit<Props, 'beside'>>) {
  const tokens = useTokens();
  const option = useMemo(() => densityOption(shares, tokens, sides), [shares, tokens, sides]);
  const bins = useMemo(() => visibleBins(shares), [shares]);
  const [under, setUnder] = useState<Share>();
  const move = (event: PointerEvent<HTMLDivElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    setUnder(binAt(bins, (event.clientX - left) / (width - DENSITY_AXIS)));
  };
  return (
    <div className={classes.density} onPointerMove={move} onPointerLeave={() => setUnder(undefined)}>
      <Plot option={option} height={height} label={distributionSummary(column, shares, sides)} />
      {under !== undefined && (
        <p className={classes.hover} data-figures aria-hidden="true">
          <b>{binName(under)}</b> <span className={classes.key} data-part={sides.part} />{' '}
          {percent(under.referenceShare)} <span className={classes.key} data-part="current" />{' '}
          {percent(under.currentShare)} of rows
        </p>
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
