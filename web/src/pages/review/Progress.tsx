import classes from './review.module.css';
import type { Trail } from './sequence.ts';

/** How far one has come since the page was opened; what was done last is said aloud. */
export function Progress({ trail, left }: { trail: Trail; left: number }) {
  const last = trail.at(-1);
  const all = trail.length + left;
  return (
    <div className={classes.progress}>
      <progress max={Math.max(1, all)} value={trail.length} aria-label="Done since the page was opened" />
      <span role="status">
        {trail.length} of {all} done here
        {last !== undefined && `; ${last.item.prediction}: ${last.said}`}
      </span>
    </div>
  );
}
