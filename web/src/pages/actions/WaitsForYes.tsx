import { useQuery } from '@tanstack/react-query';
import { actionRunsQuery } from '../../api/queries.ts';
import { Moment } from '../../ui/Moment.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import classes from './actions.module.css';
import { askedOf } from './run-words.ts';

/** Beside the head of an incident: what waits for a yes, and the way there. Nothing when nothing does. */
export function WaitsForYes({ incident }: { incident: string }) {
  const runs = useQuery(actionRunsQuery({ incident }, 50));
  const asked = runs.data?.items.filter(({ state }) => state === 'asked') ?? [];
  return asked.map((run) => (
    <p key={run.id} className={classes.waits}>
      <StateMark state="warning" label="waits" word={false} /> <b>{run.name}</b> waits for a yes of{' '}
      {askedOf(run)}
      {run.expires_at !== null && (
        <>
          {' '}
          until <Moment at={run.expires_at} />
        </>
      )}
      . <a href="#actions">Decide</a>
    </p>
  ));
}
