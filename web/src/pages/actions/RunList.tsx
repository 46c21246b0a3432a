import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { sessionQuery } from '../../api/queries.ts';
import type { ActionRun } from '../../api/types.ts';
import { paths } from '../../paths.ts';
import { Moment } from '../../ui/Moment.tsx';
import { useMay } from '../useMay.ts';
import classes from './actions.module.css';
import { Decide } from './Decide.tsx';
import { Outcome, RunState, Tries } from './RunState.tsx';
import { mayDecide } from './run-words.ts';

interface Props {
  readonly label: string;
  readonly runs: readonly ActionRun[];
  /** Whether the model is to be told: not where it is clear. */
  readonly models: boolean;
  /** On the page of an incident: its title, which is not told again. */
  readonly told?: string;
}

/** Times that actions were due, each with who asked and why, who is asked, its tries, and what came of it. */
export function RunList({ label, runs, models, told }: Props) {
  const { write } = useMay();
  const email = useQuery(sessionQuery).data?.user.email;
  return (
    <ul className={classes.list} aria-label={label}>
      {runs.map((run) => (
        <li key={run.id} className={classes.run}>
          <p className={classes.what}>
            <b>{run.name}</b>
            {models && ` for ${run.model_name}`} <Moment at={run.asked_at} />
          </p>
          {run.because !== told && (
            <p>
              {told !== undefined || run.incident === null ? (
                run.because
              ) : (
                <Link {...paths.incident(run.incident)}>{run.because}</Link>
              )}
            </p>
          )}
          {run.asked_by !== null && <small>asked for by {run.asked_by}</small>}
          <RunState run={run} />
          {mayDecide(run, { email, write }) && <Decide run={run} />}
          <Tries tries={run.tries} />
          <Outcome outcome={run.outcome} />
        </li>
      ))}
    </ul>
  );
}
