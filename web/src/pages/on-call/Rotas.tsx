import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { address } from '../../api/address.ts';
import { api } from '../../api/client.ts';
import { rotasQuery } from '../../api/queries.ts';
import type { Rota } from '../../api/types.ts';
import { Empty } from '../../ui/Empty.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { Moment } from '../../ui/Moment.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { useChange } from '../settings/useChange.ts';
import { useMay } from '../useMay.ts';
import { Deeds } from './Deeds.tsx';
import classes from './on-call.module.css';
import { RotaForm } from './RotaForm.tsx';

/** Whose turn it is in each rota, who comes next, and forms to change them. */
export function Rotas() {
  const rotas = useQuery(rotasQuery);
  const [adding, setAdding] = useState(false);
  const may = useMay();
  return (
    <Panel
      title="On call now"
      note="by the clocks of each rota's zone"
      actions={
        may.write && (
          <Button
            variant="default"
            size="compact-xs"
            aria-expanded={adding}
            onClick={() => setAdding(!adding)}
          >
            New rota
          </Button>
        )
      }
    >
      {adding && <RotaForm done={() => setAdding(false)} />}
      <Loaded of={rotas} what="The rotas could not be read:" height={60}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title="There is no rota.">
              Until there is one, channels are told, and nobody in turns.
              {!may.write && ' Editors and admins add rotas.'}
            </Empty>
          ) : (
            <ul className={classes.list}>
              {items.map((rota) => (
                <OneRota key={rota.id} rota={rota} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Panel>
  );
}

function OneRota({ rota }: { rota: Rota }) {
  const { id, name, zone, now, next } = rota;
  const [changing, setChanging] = useState(false);
  const may = useMay();
  const remove = useChange(() => api.remove(address('/rotas/:id', { id })), address('/rotas'));
  return (
    <li>
      <div className={classes.one}>
        <div>
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
        </div>
        {may.write && (
          <Deeds
            what="rota"
            name={name}
            changing={changing}
            toggle={() => setChanging(!changing)}
            remove={remove}
          >
            <p>Escalations that name it reach nobody by it from then on, and say so.</p>
          </Deeds>
        )}
      </div>
      {changing && <RotaForm rota={rota} done={() => setChanging(false)} />}
    </li>
  );
}
