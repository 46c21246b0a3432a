import { Checkbox } from '@mantine/core';
import type { IncidentDetail } from '../../api/types.ts';
import { Failure } from '../../ui/Failure.tsx';
import { Ago } from '../../ui/Moment.tsx';
import { words } from '../metric.ts';
import { useMay } from '../useMay.ts';
import classes from './incident.module.css';
import { useIncidentChange } from './useIncidentChange.ts';

/** What people decided to do for such a cause, step by step; what is ticked stands in the timeline. */
export function Decisions({ incident }: { incident: IncidentDetail }) {
  const may = useMay();
  const change = useIncidentChange(incident);
  if (incident.decisions.length === 0) return null;
  return (
    <section className={classes.runbooks} aria-label="Decision tree">
      {incident.decisions.map(({ model, cause, steps }) => (
        <div key={model}>
          <h2>
            What to do{cause === 'any' ? '' : ` for ${words(cause)}`}
            {incident.models.length > 1 && ` of ${incident.model_names[incident.models.indexOf(model)]}`}
          </h2>
          <ul className={classes.steps}>
            {steps.map(({ key, depth, answer, text, done }) => (
              <li key={key} style={{ paddingInlineStart: `${depth * 20}px` }}>
                <Checkbox
                  checked={done !== null}
                  disabled={!may.write || change.isPending}
                  onChange={() => change.mutate({ step: { key, done: done === null } })}
                  label={
                    <>
                      {answer !== null && <b>{answer}: </b>}
                      {text}
                    </>
                  }
                  description={
                    done === null ? undefined : (
                      <>
                        {done.by}, <Ago at={done.at} />
                      </>
                    )
                  }
                />
              </li>
            ))}
          </ul>
        </div>
      ))}
      {change.isError && <Failure what="It could not be ticked:" error={change.error} />}
    </section>
  );
}
