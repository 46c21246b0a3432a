import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useRef } from 'react';
import { actionRunsQuery } from '../../../api/queries.ts';
import type { Action, ActionRun } from '../../../api/types.ts';
import { paths } from '../../../paths.ts';
import { Empty } from '../../../ui/Empty.tsx';
import { Loaded } from '../../../ui/Loaded.tsx';
import { Moment } from '../../../ui/Moment.tsx';
import { PlainTable } from '../../../ui/PlainTable.tsx';
import { useNear } from '../../../ui/useNear.ts';
import runs from '../../actions/actions.module.css';
import { Outcome, RunState, Tries } from '../../actions/RunState.tsx';
import classes from '../settings.module.css';

const SHOWN = 10;

/** The last times that an action was due; they are asked for as the reader comes near. */
export function LastRuns({ action: { id, name } }: { action: Action }) {
  const here = useRef<HTMLDivElement>(null);
  const near = useNear(here, 0);
  const last = useQuery({ ...actionRunsQuery({ action: id }, SHOWN), enabled: near });
  return (
    <div ref={here}>
      <Loaded of={last} what="What was done could not be read:" height={80}>
        {({ items, next_cursor }) =>
          items.length === 0 ? (
            <Empty title="It was not due yet." />
          ) : (
            <>
              <PlainTable
                stack
                label={`Last runs of ${name}`}
                rows={items}
                rowKey={(run) => run.id}
                columns={[
                  { title: 'When', cell: (run) => <Moment at={run.asked_at} /> },
                  {
                    title: 'Model',
                    cell: (run) => <Link {...paths.model(run.model)}>{run.model_name}</Link>,
                  },
                  { title: 'Why', cell: (run) => <Why run={run} /> },
                  { title: 'State', cell: (run) => <RunState run={run} /> },
                  {
                    title: 'Tries',
                    cell: ({ tries }) => (tries.length === 0 ? 'none' : <Tries tries={tries} />),
                  },
                  {
                    title: 'What came of it',
                    cell: ({ outcome }) => (outcome === null ? '–' : <Outcome outcome={outcome} />),
                  },
                ]}
              />
              {next_cursor !== null && <p className={classes.quiet}>The last {SHOWN}; there are more.</p>}
            </>
          )
        }
      </Loaded>
    </div>
  );
}

function Why({ run: { because, incident, asked_by } }: { run: ActionRun }) {
  return (
    <div className={runs.why}>
      {incident === null ? because : <Link {...paths.incident(incident)}>{because}</Link>}
      {asked_by !== null && <div>asked for by {asked_by}</div>}
    </div>
  );
}
