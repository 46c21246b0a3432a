import { useQuery } from '@tanstack/react-query';
import { actionRunsQuery } from '../../api/queries.ts';
import { Panel } from '../../ui/Panel.tsx';
import { RunList } from './RunList.tsx';

/** Actions that wait for somebody's yes, of every model; nothing when none does. */
export function AskedRuns() {
  const runs = useQuery(actionRunsQuery({ state: 'asked' }, 50));
  if (runs.data === undefined || runs.data.items.length === 0) return null;
  return (
    <Panel title="Waits for a yes" note="actions, of every model">
      <RunList label="Actions that wait for a yes" runs={runs.data.items} models />
    </Panel>
  );
}
