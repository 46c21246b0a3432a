import type { Layer } from '../../api/types.ts';
import classes from './fleet.module.css';
import { LAYER_LABEL } from './order.ts';

/** Layers that are fed by more than predictions and labels. */
export const UNWATCHED = ['infrastructure', 'business'] as const satisfies readonly Layer[];

/** What the business needs to be watched. */
export const HOW = (
  <>
    The business is judged by what you send to <code>/api/v1/outcomes</code>, and by the value of answers in
    the settings of a model; machines and services are shown with their model when their metrics come by OTLP
    (<code>/v1/metrics</code>), with the model's name as <code>service.name</code> or{' '}
    <code>tiltmeter.model</code>, or by Prometheus (<code>/api/v1/write</code>), with it as{' '}
    <code>tiltmeter_model</code>.
  </>
);

/** Those of them that nothing reports to, in one line, instead of a column each. */
export function UnwatchedLayers({ connected }: { connected: readonly Layer[] }) {
  const silent = UNWATCHED.filter((layer) => !connected.includes(layer));
  if (silent.length === 0) return null;
  return (
    <p className={classes.unfed}>
      Not watched yet: {silent.map((layer) => LAYER_LABEL[layer].toLowerCase()).join(' and ')}. {HOW}
    </p>
  );
}
