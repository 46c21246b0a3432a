import { lazy, Suspense, useState } from 'react';
import type { IncidentDetail } from '../../api/types.ts';
import classes from './incident.module.css';

const RegroupForms = lazy(() => import('./RegroupForms.tsx').then((m) => ({ default: m.RegroupForms })));

/** Folded away: to make other incidents one with this, or one of their own of some of its alerts. */
export function Regroup({ incident }: { incident: IncidentDetail }) {
  const [opened, setOpened] = useState(false);
  return (
    <details className={classes.alerts} onToggle={(event) => setOpened(event.currentTarget.open)}>
      <summary>Merge or split</summary>
      {opened && (
        <Suspense fallback={<p role="status">Loading …</p>}>
          <RegroupForms incident={incident} />
        </Suspense>
      )}
    </details>
  );
}
