import { memo } from 'react';
import type { ModelSummary } from '../../api/types.ts';
import { compact } from '../../number/format.ts';
import { Ago } from '../../ui/Moment.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { STATE_WORD, type State } from '../../ui/state.ts';
import { OpenIncidentsOf, Quality, trafficOf } from '../fleet/cells.tsx';
import { LAYER_LABEL, LAYERS, stateOf } from '../fleet/order.ts';
import classes from './wall.module.css';

const UNWELL: readonly State[] = ['failing', 'warning'];

/** A model in a few words: what is wrong with it, how good it is, how much it answers. */
export const ModelTile = memo(function ModelTile({ model, state }: { model: ModelSummary; state: State }) {
  const unwell = LAYERS.filter((layer) => UNWELL.includes(stateOf(model, layer)));
  const { total, span } = trafficOf(model);
  return (
    <li className={classes.tile} data-state={state}>
      <div className={classes.tileHead}>
        <StateMark state={state} word={false} />
        <b className={classes.name}>{model.name}</b>
        <OpenIncidentsOf model={model} none={null} />
      </div>
      <p className={classes.what}>
        {unwell.length === 0
          ? STATE_WORD[state]
          : unwell.map((layer) => `${LAYER_LABEL[layer]} ${STATE_WORD[stateOf(model, layer)]}`).join(' · ')}
      </p>
      <div className={classes.tileFoot}>
        <Quality model={model} trend={false} />
        <span className={classes.amount}>
          {compact(total)} {span !== '' && `in ${span}`}
          <br />
          {model.last_event === null ? 'no event' : <Ago at={model.last_event} />}
        </span>
      </div>
    </li>
  );
});
