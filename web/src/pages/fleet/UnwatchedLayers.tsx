import type { Layer } from '../../api/types.ts';
import classes from './fleet.module.css';
import { LAYER_LABEL } from './order.ts';

/** Layers that nothing in this version judges by. */
export const UNWATCHED = ['infrastructure', 'business'] as const satisfies readonly Layer[];

/** Those of them that nothing reports to, in one line, instead of a column each. */
export function UnwatchedLayers({ connected }: { connected: readonly Layer[] }) {
  const silent = UNWATCHED.filter((layer) => !connected.includes(layer));
  if (silent.length === 0) return null;
  return (
    <p className={classes.unfed}>
      Not watched yet: {silent.map((layer) => LAYER_LABEL[layer].toLowerCase()).join(' and ')}. Nothing is
      judged by them in this version; what you send to <code>/api/v1/outcomes</code> is kept until it is.
    </p>
  );
}
