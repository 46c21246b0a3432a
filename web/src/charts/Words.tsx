import type { ReactNode } from 'react';
import classes from './charts.module.css';

/** Words among the rows of a stack: lines of changes pass behind them, and nothing is dragged over them. */
export function Words({ children }: { children: ReactNode }) {
  return (
    <div className={classes.words} data-no-brush>
      {children}
    </div>
  );
}
