import { useQuery } from '@tanstack/react-query';
import { waitingQuery } from '../../api/queries.ts';
import { Loaded } from '../../ui/Loaded.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { AskedRuns } from '../actions/AskedRuns.tsx';
import { Escalations } from './Escalations.tsx';
import { Figures } from './Figures.tsx';
import { Jobs } from './Jobs.tsx';
import classes from './on-call.module.css';
import { Rotas } from './Rotas.tsx';
import { Silences } from './Silences.tsx';
import { Waiting } from './Waiting.tsx';

/** What waits for somebody, who that is now, who is told further, and of what nobody is told. */
export function OnCallPage() {
  const open = useQuery(waitingQuery);
  return (
    <div className={classes.page}>
      <h1>On call</h1>
      <Panel title="Waits for somebody" note="nobody has acknowledged it yet">
        <Loaded of={open} what="The incidents could not be read:" height={80}>
          {({ items, total }) => <Waiting incidents={items} total={total} />}
        </Loaded>
      </Panel>
      <AskedRuns />
      <Rotas />
      <Escalations />
      <Panel title="Silences and maintenance windows" note="of what nobody is told">
        <Silences />
      </Panel>
      <Panel title="Jobs" note="that say when they begin and end">
        <Jobs />
      </Panel>
      <Panel
        title="How soon"
        note="means over incidents that opened in the past 90 days; noticed: in the time of the data"
      >
        <Figures />
      </Panel>
    </div>
  );
}
