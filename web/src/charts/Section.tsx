import type { ReactNode } from 'react';
import { Boundary } from '../ui/Boundary.tsx';
import { StateMark } from '../ui/StateMark.tsx';
import type { State } from '../ui/state.ts';
import classes from './charts.module.css';

/** A titled group of rows in a stack. It fails alone. */
export function Section({
  title,
  state,
  note,
  children,
}: {
  title: string;
  state?: State;
  note?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <section className={classes.section} aria-label={title}>
      <header data-no-brush>
        <h2>{title}</h2>
        {state !== undefined && <StateMark state={state} />}
        {note !== undefined && <span className={classes.note}>{note}</span>}
      </header>
      <Boundary what={`"${title}" could not be drawn:`}>{children}</Boundary>
    </section>
  );
}
