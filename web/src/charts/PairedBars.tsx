import { percent } from '../number/format.ts';
import classes from './distribution.module.css';
import type { Share } from './distribution-option.ts';
import { AGAINST_REFERENCE, type Sides } from './sides.ts';

const NOTE: Partial<Record<Share['kind'], string>> = { new: 'new', missing: 'missing', invalid: 'invalid' };

interface Props {
  readonly shares: readonly Share[];
  /** Full width is all rows, so that a tenth of a percent looks like it; otherwise the largest share. */
  readonly whole?: boolean;
  readonly sides?: Sides;
}

/** Two bars per value, reference over current, on one scale. Values that the reference never had are marked. */
export function PairedBars({ shares: all, whole = false, sides = AGAINST_REFERENCE }: Props) {
  // That nothing is missing is worth saying; that nothing else is special is not.
  const shares = all.filter((bin) => bin.kind === 'missing' || bin.reference + bin.current > 0);
  const most = whole ? 1 : Math.max(1e-9, ...shares.flatMap((bin) => [bin.referenceShare, bin.currentShare]));
  return (
    <table className={classes.bars}>
      <thead>
        <tr>
          <th scope="col">Value</th>
          <th scope="col">
            <span className={classes.key} data-part={sides.part} /> {sides.reference}{' '}
            <span className={classes.key} data-part="current" /> {sides.current}
          </th>
          <th scope="col" data-align="right" data-side>
            {sides.reference}
          </th>
          <th scope="col" data-align="right" data-side>
            {sides.current}
          </th>
        </tr>
      </thead>
      <tbody>
        {shares.map((bin) => (
          <tr key={`${bin.kind} ${bin.label}`}>
            <th scope="row" title={bin.label}>
              {bin.label || bin.kind.replaceAll('_', ' ')}
              {bin.kind !== 'category' && NOTE[bin.kind] !== undefined && NOTE[bin.kind] !== bin.label && (
                <em>{NOTE[bin.kind]}</em>
              )}
            </th>
            <td aria-hidden="true">
              <div data-part={sides.part} style={{ width: `${(bin.referenceShare / most) * 100}%` }} />
              <div data-part="current" style={{ width: `${(bin.currentShare / most) * 100}%` }} />
            </td>
            <td data-align="right">{percent(bin.referenceShare)}</td>
            <td data-align="right">{percent(bin.currentShare)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
