import classes from './quality.module.css';

/** Two shares as bars on one scale from 0 to 1. The numbers stand beside it. */
export function Beside({ first, second }: { first: number; second: number }) {
  return (
    <div className={classes.bars} aria-hidden="true">
      <div data-part="reference" style={{ width: `${first * 100}%` }} />
      <div data-part="current" style={{ width: `${second * 100}%` }} />
    </div>
  );
}
