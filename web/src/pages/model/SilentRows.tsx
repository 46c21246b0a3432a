import { Words } from '../../charts/Words.tsx';
import { reasonWords } from '../../ui/reason.ts';
import { lowered } from '../kinds.ts';
import classes from './model.module.css';

/** What is watched and has no value in the range. */
export interface Silent {
  readonly name: string;
  /** Status of its newest point. */
  readonly status: string;
}

/** Rows that would be empty, in one line: by the reason that they share. */
export function SilentRows({ rows }: { rows: readonly Silent[] }) {
  if (rows.length === 0) return null;
  const reasons = [...Map.groupBy(rows, ({ status }) => status)];
  return (
    <Words>
      {reasons.map(([status, some]) => (
        <p key={status} className={classes.quiet}>
          {some.map(({ name }, i) => (i === 0 ? name : lowered(name))).join(', ')}: {reasonWords(status)}.
        </p>
      ))}
    </Words>
  );
}
