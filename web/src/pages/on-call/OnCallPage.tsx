import { useQuery } from '@tanstack/react-query';
import { incidentsQuery, rotasQuery } from '../../api/queries.ts';
import { Empty } from '../../ui/Empty.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { Moment } from '../../ui/Moment.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { Escalations } from './Escalations.tsx';
import { Figures } from './Figures.tsx';
import { Jobs } from './Jobs.tsx';
import classes from './on-call.module.css';
import { Silences } from './Silences.tsx';
import { Waiting } from './Waiting.tsx';

/** What waits for somebody, who that is now, who is told further, and of what nobody is told. */
export function OnCallPage() {
  const open = useQuery(incidentsQuery({ status: 'open' }));
  return (
    <div className={classes.page}>
      <h1>On call</h1>
      <Panel title="Waits for somebody" note="nobody has acknowledged it yet">
        <Loaded of={open} what="The incidents could not be read:" height={80}>
          {({ items }) => <Waiting incidents={items} />}
        </Loaded>
      </Panel>
      <Panel title="On call now" note="by the clocks of each rota's zone">
        <OnCallNow />
      </Panel>
      <Panel title="Escalations" note="who is told further when nobody acknowledges">
        <Escalations />
      </Panel>
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

function OnCallNow() {
  const rotas = useQuery(rotasQuery);
  return (
    <Loaded of={rotas} what="The rotas could not be read:" height={60}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty title="There is no rota.">
            Until there is one, channels are told, and nobody in turns: POST /api/v1/rotas makes one.
          </Empty>
        ) : (
          <ul className={classes.list}>
            {items.map(({ id, name, zone, now, next }) => (
              <li key={id}>
                <b>{now?.name ?? 'nobody'}</b> in {name}
                {now !== null && (
                  <>
                    {' '}
                    until <Moment at={now.to} />
                  </>
                )}
                <small>
                  {' '}
                  then {next.name}, from <Moment at={next.from} />; zone {zone}
                </small>
                {now?.unreachable != null && (
                  <p className={classes.trouble}>
                    <StateMark state="warning" label="cannot be told" word={false} /> {now.unreachable}.
                  </p>
                )}
              </li>
            ))}
          </ul>
        )
      }
    </Loaded>
  );
}
