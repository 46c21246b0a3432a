import type { Sides } from '../../../charts/sides.ts';
import classes from './versions.module.css';

/** The colour of a side. */
export function Key({ part }: { part: Sides['part'] | 'current' }) {
  return <i className={classes.key} data-part={part} aria-hidden="true" />;
}

/** What a side is called, with its colour. */
export function SideName({ sides, side }: { sides: Sides; side: 'reference' | 'current' }) {
  return (
    <span className={classes.side}>
      <Key part={side === 'current' ? 'current' : sides.part} />
      {sides[side]}
    </span>
  );
}
