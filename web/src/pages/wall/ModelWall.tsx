import { getRouteApi } from '@tanstack/react-router';
import { incidentsQuery, modelQuery } from '../../api/queries.ts';
import type { Model } from '../../api/types.ts';
import { paths } from '../../paths.ts';
import { StateMark } from '../../ui/StateMark.tsx';
import { STATE_WORD, worst } from '../../ui/state.ts';
import { LAYER_LABEL, LAYERS, stateOf } from '../fleet/order.ts';
import { Quality, Traffic } from './ModelFigures.tsx';
import { useWallQuery } from './useWallQuery.ts';
import { WallFrame } from './WallFrame.tsx';
import { WallIncidents } from './WallIncidents.tsx';
import classes from './wall.module.css';

const page = getRouteApi('/walls/models/$model/wall');

const INCIDENTS = 6;

/** One model on a screen of its own: what is wrong, how good it is, how much it answers. */
export function ModelWall() {
  const { model: id } = page.useParams();
  const model = useWallQuery(modelQuery(id));
  const open = useWallQuery(incidentsQuery({ model: id, status: 'open' }));
  const acknowledged = useWallQuery(incidentsQuery({ model: id, status: 'acknowledged' }));
  const states = model.data && LAYERS.map((layer) => stateOf(model.data, layer));
  return (
    <WallFrame
      title={model.data?.name ?? id}
      summary={states && <StateMark state={worst(states)} />}
      reads={[model, open, acknowledged]}
      leave={paths.model(id)}
    >
      {open.data && acknowledged.data && (
        <WallIncidents
          incidents={[...open.data.items, ...acknowledged.data.items]}
          total={open.data.total + acknowledged.data.total}
          most={INCIDENTS}
        />
      )}
      {model.data && (
        <>
          <Layers model={model.data} />
          <div className={classes.figures}>
            <Quality model={model.data} />
            <Traffic model={model.data} />
          </div>
        </>
      )}
    </WallFrame>
  );
}

function Layers({ model }: { model: Model }) {
  return (
    <ul className={classes.layers}>
      {LAYERS.map((layer) => (
        <li key={layer} data-state={stateOf(model, layer)}>
          <StateMark state={stateOf(model, layer)} word={false} />
          <b>{LAYER_LABEL[layer]}</b> {STATE_WORD[stateOf(model, layer)]}
        </li>
      ))}
    </ul>
  );
}
