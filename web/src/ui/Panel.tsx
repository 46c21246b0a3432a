import type { ReactNode } from 'react';
import { Boundary } from './Boundary.tsx';
import classes from './ui.module.css';

interface Props {
  readonly title: string;
  /** What is compared, in what range, of how many. */
  readonly note?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A titled region of a page. It fails alone. */
export function Panel({ title, note, actions, children }: Props) {
  return (
    <section className={classes.panel} aria-label={title}>
      <header className={classes.panelHead}>
        <h2>{title}</h2>
        {note !== undefined && <span className={classes.note}>{note}</span>}
        {actions !== undefined && <span className={classes.panelActions}>{actions}</span>}
      </header>
      <Boundary what={`"${title}" could not be drawn:`}>{children}</Boundary>
    </section>
  );
}
