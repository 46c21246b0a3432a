import { useElementSize, useViewportSize } from '@mantine/hooks';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import { fleetQuery, incidentsQuery } from '../../api/queries.ts';
import type { ModelSummary } from '../../api/types.ts';
import { plural } from '../../number/format.ts';
import { paths } from '../../paths.ts';
import { StateMark } from '../../ui/StateMark.tsx';
import { STATE_WORD, STATES, type State, worst } from '../../ui/state.ts';
import { byPain, LAYERS, matching, stateOf } from '../fleet/order.ts';
import { ModelTile } from './ModelTile.tsx';
import { tilesIn, unitOf } from './room.ts';
import { useWallQuery } from './useWallQuery.ts';
import { WallFrame } from './WallFrame.tsx';
import { WallIncidents } from './WallIncidents.tsx';
import classes from './wall.module.css';

const page = getRouteApi('/walls/wall');

/** Sentences of incidents that a wall has room for. */
const INCIDENTS = 4;

const stateOfModel = (model: ModelSummary): State => worst(LAYERS.map((layer) => stateOf(model, layer)));

/** Is anything wrong, anywhere? Legible from across a room. */
export function FleetWall() {
  const filter = page.useSearch();
  const fleet = useWallQuery(fleetQuery);
  const open = useWallQuery(incidentsQuery({ status: 'open' }));
  const acknowledged = useWallQuery(incidentsQuery({ status: 'acknowledged' }));
  const models = useMemo(() => byPain(matching(fleet.data?.items ?? [], filter)), [fleet.data, filter]);
  const filtered = Object.keys(filter).length > 0;
  const read = [...(open.data?.items ?? []), ...(acknowledged.data?.items ?? [])];
  const ids = new Set(models.map(({ id }) => id));
  const going = filtered
    ? read.filter((incident) => incident.model === '' || incident.models.some((id) => ids.has(id)))
    : read;
  const total = filtered ? going.length : (open.data?.total ?? 0) + (acknowledged.data?.total ?? 0);
  return (
    <WallFrame
      title={filtered ? `Fleet: ${Object.values(filter).join(', ')}` : 'Fleet'}
      summary={fleet.data && <States models={models} />}
      reads={[fleet, open, acknowledged]}
      leave={paths.fleet(filter)}
    >
      {open.data && acknowledged.data && <WallIncidents incidents={going} total={total} most={INCIDENTS} />}
      {fleet.data &&
        (models.length === 0 ? <p className={classes.calm}>No model.</p> : <Tiles models={models} />)}
    </WallFrame>
  );
}

/** How many models are in which state. */
function States({ models }: { models: readonly ModelSummary[] }) {
  const states = models.map(stateOfModel);
  return (
    <ul className={classes.states}>
      <li>{plural(models.length, 'model')}</li>
      {STATES.map((state) => ({ state, n: states.filter((one) => one === state).length }))
        .filter(({ n }) => n > 0)
        .map(({ state, n }) => (
          <li key={state} data-state={state}>
            <StateMark state={state} word={false} /> <b>{n.toLocaleString('en-GB')}</b> {STATE_WORD[state]}
          </li>
        ))}
    </ul>
  );
}

/** The worst by name, as many as there is room for; all of them as marks. */
function Tiles({ models }: { models: readonly ModelSummary[] }) {
  const { ref, width, height } = useElementSize();
  const screen = useViewportSize();
  const { columns, rows, scale } = tilesIn(models.length, width, height, unitOf(screen.width));
  const shown = models.slice(0, columns * rows);
  const unwell = models.slice(shown.length).filter((model) => {
    const state = stateOfModel(model);
    return state === 'failing' || state === 'warning';
  }).length;
  return (
    <>
      <ul
        ref={ref}
        aria-label="Models, the worst first"
        className={classes.tiles}
        style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`, fontSize: `${scale}em` }}
      >
        {shown.map((model) => (
          <ModelTile key={model.id} model={model} state={stateOfModel(model)} />
        ))}
      </ul>
      {models.length > shown.length && (
        <section className={classes.rest} aria-label="All models">
          <p>
            {plural(shown.length, 'model')} by name
            {unwell > 0 && (
              <b className={classes.unwell}>, {unwell.toLocaleString('en-GB')} more are failing or warn</b>
            )}
            ; a mark for each of {models.length.toLocaleString('en-GB')}:
          </p>
          <div className={classes.marks}>
            {models.map((model) => (
              <StateMark key={model.id} state={stateOfModel(model)} label={model.name} word={false} />
            ))}
          </div>
        </section>
      )}
    </>
  );
}
