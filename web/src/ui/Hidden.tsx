import type { ReactNode } from 'react';
import classes from './ui.module.css';

/** Words for those who do not see what says it to the others. */
export function Hidden({ as: Tag = 'span', children }: { as?: 'span' | 'h1'; children: ReactNode }) {
  return <Tag className={classes.visuallyHidden}>{children}</Tag>;
}
