import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { actionsQuery } from '../../../api/queries.ts';
import { Empty } from '../../../ui/Empty.tsx';
import { Loaded } from '../../../ui/Loaded.tsx';
import { TableSkeleton } from '../../../ui/Skeletons.tsx';
import { AskedRuns } from '../../actions/AskedRuns.tsx';
import { useMay } from '../../useMay.ts';
import classes from '../settings.module.css';
import { NewAction } from './NewAction.tsx';
import { OneAction } from './OneAction.tsx';

/** What is done about models: what waits for a yes, and every action with its last runs. */
export function Actions() {
  const actions = useQuery(actionsQuery);
  const may = useMay();
  const [adding, setAdding] = useState(false);
  return (
    <>
      <p className={classes.intro}>
        What is done when an incident goes on or a version is found better: a training is begun, a version
        promoted or rolled back, data flagged. Each is due by its conditions or when somebody asks for it on
        the page of an incident, waits for a yes unless you say otherwise, and is never begun twice.
      </p>
      {may.admin && !adding && (
        <div>
          <Button onClick={() => setAdding(true)}>Add an action</Button>
        </div>
      )}
      {adding && <NewAction done={() => setAdding(false)} />}
      <AskedRuns />
      <Loaded
        of={actions}
        what="The actions could not be read:"
        height={160}
        skeleton={<TableSkeleton rows={3} height={40} />}
      >
        {({ items }) =>
          items.length === 0 ? (
            <Empty title="No action yet">
              Nothing is done by itself when a model fails. Webhooks, GitHub, GitLab, Airflow and Kubeflow can
              be told, and data flagged.
            </Empty>
          ) : (
            items.map((action) => <OneAction key={action.id} action={action} />)
          )
        }
      </Loaded>
    </>
  );
}
