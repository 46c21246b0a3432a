import type { IncidentDetail } from '../../api/types.ts';
import { isAddress } from '../../ui/address.ts';
import classes from './incident.module.css';

/** What people wrote for this moment: a link, or the steps as they stand. */
export function Runbooks({ of }: { of: IncidentDetail['runbooks'] }) {
  if (of.length === 0) return null;
  return (
    <section className={classes.runbooks} aria-label="Runbook">
      {of.map(({ model, runbook }) => (
        <div key={model}>
          <h2>Runbook{of.length > 1 && ` of ${model}`}</h2>
          {isAddress(runbook) ? (
            <a href={runbook} target="_blank" rel="noreferrer">
              {runbook}
            </a>
          ) : (
            <p>{runbook}</p>
          )}
        </div>
      ))}
    </section>
  );
}
