import type { UseQueryResult } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Incident, Model, Page, StoredChange } from '../api/types.ts';
import { paths } from '../paths.ts';
import type { Range } from '../time/range.ts';
import { Empty } from '../ui/Empty.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { Moment } from '../ui/Moment.tsx';
import { Priority } from '../ui/Priority.tsx';
import { StateMark } from '../ui/StateMark.tsx';
import { endOf } from './annotations.ts';
import { ChangeEntry } from './ChangeEntry.tsx';
import classes from './pages.module.css';

interface Props {
  readonly incidents: UseQueryResult<Page<Incident>>;
  readonly changes: UseQueryResult<Page<StoredChange>>;
  readonly range: Range;
  /** The newest event: incidents that are not over reach to it. */
  readonly newest: number | null;
  /** The model whose versions are compared where a change names one. */
  readonly versionsOf: Pick<Model, 'id' | 'versions'>;
}

/** Incidents and changes of a range as sentences, newest first. */
export function Story({ incidents, changes, range, newest, versionsOf }: Props) {
  return (
    <>
      <h2>Incidents and changes in this range</h2>
      <Loaded of={incidents} what="The incidents could not be read:" height={120}>
        {(list) => (
          <Loaded of={changes} what="The changes could not be read:" height={40}>
            {(changed) => (
              <Sentences
                incidents={list.items}
                changes={changed.items}
                range={range}
                newest={newest}
                versionsOf={versionsOf}
              />
            )}
          </Loaded>
        )}
      </Loaded>
    </>
  );
}

function Sentences({
  incidents,
  changes,
  range,
  newest,
  versionsOf,
}: Omit<Props, 'incidents' | 'changes'> & {
  incidents: readonly Incident[];
  changes: readonly StoredChange[];
}) {
  const touched = incidents.filter(
    (one) => Date.parse(one.started_at) < range.to && endOf(one, newest) >= range.from,
  );
  const items = [
    ...touched.map((incident) => ({
      at: incident.started_at,
      key: incident.id,
      incident,
      change: undefined,
    })),
    ...changes.map((change) => ({
      at: change.time,
      key: change.id,
      incident: undefined,
      change,
    })),
  ].sort((a, b) => b.at.localeCompare(a.at));
  if (items.length === 0) {
    return (
      <Empty title="No incident and no change in this range.">
        Deploys show up here when your pipeline posts them to <code>/api/v1/changes</code>.
      </Empty>
    );
  }
  return (
    <ol className={classes.story}>
      {items.map(({ key, incident, change }) =>
        incident !== undefined ? (
          <li key={key}>
            <StateMark
              state={
                incident.status === 'resolved' ? 'ok' : incident.priority === 'P3' ? 'warning' : 'failing'
              }
              label="Incident"
              word={false}
            />
            <div>
              <Link {...paths.incident(incident.id)}>{incident.title}</Link>
              <div className={classes.quiet}>
                <Priority level={incident.priority} /> since <Moment at={incident.started_at} />
                {incident.going_to !== null ? (
                  `, resolved by ${incident.resolved_by ?? 'somebody'} while still going`
                ) : incident.status === 'resolved' ? (
                  <>
                    , ended <Moment at={incident.last_at} />
                  </>
                ) : (
                  `, ${incident.status}`
                )}
              </div>
            </div>
          </li>
        ) : (
          <ChangeEntry key={key} change={change} range={range} versionsOf={versionsOf} />
        ),
      )}
    </ol>
  );
}
