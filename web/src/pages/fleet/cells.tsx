import type { Layer, ModelSummary } from '../../api/types.ts';
import { compact, duration, interval, plural, quantity } from '../../number/format.ts';
import { Priority } from '../../ui/Priority.tsx';
import { Sparkline } from '../../ui/Sparkline.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { STATE_WORD } from '../../ui/state.ts';
import { metricName, metricUnit } from '../metric.ts';
import classes from './fleet.module.css';
import { LAYER_LABEL, stateOf } from './order.ts';

/** How a layer is: shape, colour and word. */
export function LayerCell({ model, layer }: { model: ModelSummary; layer: Layer }) {
  const state = stateOf(model, layer);
  return (
    <span className={classes.state} data-quiet={state === 'ok' || state === 'no_data' || undefined}>
      <StateMark state={state} label={LAYER_LABEL[layer]} word={false} />
      <span aria-hidden="true">{STATE_WORD[state]}</span>
    </span>
  );
}

/** Who the model belongs to, and how far it is set up while it is not. */
export function Belonging({ model: { owner, setup } }: { model: ModelSummary }) {
  return (
    <span className={classes.sub}>
      {owner ?? 'no owner'}
      {setup !== null && `, setting up: ${setup.done} of ${setup.of}`}
    </span>
  );
}

interface TrafficProps {
  readonly model: ModelSummary;
  readonly width?: number;
  /** Says what is counted, where no head does. */
  readonly unit?: boolean;
}

/** Predictions of all buckets that are shown, and over how long. */
export function trafficOf({ traffic }: ModelSummary): { total: number; span: string } {
  const total = traffic.reduce((sum, { n }) => sum + n, 0);
  const times = traffic.map(({ time }) => Date.parse(time));
  // How long a lone bucket is nobody says here.
  const span = times.length < 2 ? '' : duration(times.at(-1)! - times[0]! + (times[1]! - times[0]!));
  return { total, span };
}

export function Traffic({ model, width = 96, unit = false }: TrafficProps) {
  const { total, span } = trafficOf(model);
  const said = plural(total, 'prediction') + (span === '' ? '' : ` in the newest ${span}`);
  return (
    <span className={classes.pair}>
      {width > 0 && <Sparkline area width={width} values={model.traffic.map(({ n }) => n)} label={said} />}
      <span className={classes.amount} title={said}>
        {compact(total)}
        {unit && (total === 1 ? ' prediction' : ' predictions')}
        {span !== '' && <span className={classes.sub}> in {span}</span>}
      </span>
    </span>
  );
}

/** The headline metric with its interval and n; the trend where there is room. */
export function Quality({ model, trend = true }: { model: ModelSummary; trend?: boolean }) {
  const { quality, quality_unknown: unknown } = model;
  if (quality === null || quality.value === null)
    return (
      <span className={classes.sub} title={unknown?.sentence}>
        {unknown?.reason === 'no_labels' ? 'no labels yet' : 'not known yet'}
      </span>
    );
  const unit = metricUnit(quality.metric);
  const range = interval(quality.low, quality.high, unit);
  return (
    <span className={classes.pair}>
      <span className={classes.quality}>
        <span>
          <b>{quantity(quality.value, unit)}</b> {quality.estimated && 'estimated '}
          {metricName(quality.metric)}
        </span>
        <span className={classes.sub}>
          {range}, n = {compact(quality.n)}
        </span>
      </span>
      {trend && (
        <Sparkline
          width={80}
          values={quality.points.map(({ value }) => value)}
          dashed={quality.estimated}
          label={`Trend of ${quality.estimated ? 'the estimated ' : ''}${metricName(quality.metric)}`}
        />
      )}
    </span>
  );
}

/** @param none what stands there when there is none; a card, whose places have no heads, says nothing. */
export function OpenIncidentsOf({
  model: { open_incidents: open },
  none = 'none',
}: {
  model: ModelSummary;
  none?: string | null;
}) {
  const levels = (['P1', 'P2', 'P3'] as const).filter((level) => open[level] > 0);
  if (levels.length === 0) return none && <span className={classes.sub}>{none}</span>;
  return (
    <span className={classes.levels}>
      {levels.map((level) => (
        <Priority key={level} level={level} count={open[level]} />
      ))}
    </span>
  );
}
