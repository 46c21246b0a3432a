import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { actionRunsQuery, actionsQuery } from '../../api/queries.ts';
import type { Action, IncidentDetail } from '../../api/types.ts';
import { paths } from '../../paths.ts';
import { Loaded } from '../../ui/Loaded.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { useMay } from '../useMay.ts';
import { AskFor } from './AskFor.tsx';
import classes from './actions.module.css';
import { RunList } from './RunList.tsx';

/** What was done about an incident, what waits for a yes, and a way to ask for more. */
export function OfIncident({ incident }: { incident: IncidentDetail }) {
  const runs = useQuery(actionRunsQuery({ incident: incident.id }, 50));
  const actions = useQuery(actionsQuery);
  const may = useMay();
  const [asking, setAsking] = useState(false);
  const over = incident.status === 'resolved';
  const askable = over ? [] : (actions.data?.items.filter((action) => fits(action, incident.models)) ?? []);
  return (
    <Panel
      title="Actions"
      note="what is done about it"
      actions={
        may.write &&
        askable.length > 0 && (
          <Button
            variant="default"
            size="compact-xs"
            aria-expanded={asking}
            onClick={() => setAsking(!asking)}
          >
            Ask for an action
          </Button>
        )
      }
    >
      {asking && askable.length > 0 && (
        <AskFor incident={incident} actions={askable} done={() => setAsking(false)} />
      )}
      <Loaded of={runs} what="What was done could not be read:" height={32}>
        {({ items }) =>
          items.length > 0 ? (
            <RunList
              label="Actions of this incident"
              runs={items}
              models={incident.models.length > 1}
              told={incident.title}
            />
          ) : (
            <p className={classes.none}>
              {actions.data?.items.length === 0 ? (
                <>
                  None is set up: trainings, releases and quarantine can be begun from here.{' '}
                  <Link {...paths.settings('actions')}>Actions</Link>
                </>
              ) : (
                'Nothing was asked for.'
              )}
            </p>
          )
        }
      </Loaded>
    </Panel>
  );
}

/** Whether it may be asked for by hand for one of these models. */
function fits({ enabled, when }: Action, models: readonly string[]): boolean {
  if (!enabled || when.on === 'promote') return false;
  return when.models.length === 0 || models.some((model) => when.models.includes(model));
}
