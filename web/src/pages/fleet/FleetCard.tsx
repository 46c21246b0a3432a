import { Link } from '@tanstack/react-router';
import type { Layer, ModelSummary } from '../../api/types.ts';
import { NOTHING } from '../../number/format.ts';
import { paths } from '../../paths.ts';
import { Ago } from '../../ui/Moment.tsx';
import card from './card.module.css';
import { Belonging, LayerCell, OpenIncidentsOf, Quality, Traffic } from './cells.tsx';
import classes from './fleet.module.css';
import { LAYER_LABEL } from './order.ts';

/** A model on a phone: all that its row says, what is wrong first. */
export function FleetCard({ model, layers }: { model: ModelSummary; layers: readonly Layer[] }) {
  return (
    <>
      <div className={card.head}>
        <Link {...paths.model(model.id)} className={classes.name!}>
          {model.name}
        </Link>
        <OpenIncidentsOf model={model} none={null} />
        <span className={classes.sub}>
          {model.last_event === null ? NOTHING : <Ago at={model.last_event} />}
        </span>
      </div>
      <ul className={card.layers}>
        {layers.map((layer) => (
          <li key={layer}>
            <span className={classes.sub}>{LAYER_LABEL[layer]}</span>{' '}
            <LayerCell model={model} layer={layer} />
          </li>
        ))}
      </ul>
      {model.setup !== null && <Belonging model={model} />}
      <Quality model={model} />
      <Traffic unit model={model} />
    </>
  );
}
