import { Link } from '@tanstack/react-router';
import type { ModelSummary } from '../../api/types.ts';
import { compact, count, interval, NOTHING, plural, quantity } from '../../number/format.ts';
import { paths } from '../../paths.ts';
import { Ago } from '../../ui/Moment.tsx';
import { Priority } from '../../ui/Priority.tsx';
import { type RowColumn, Rows } from '../../ui/Rows.tsx';
import { Sparkline } from '../../ui/Sparkline.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { STATE_WORD } from '../../ui/state.ts';
import { metricName, metricUnit } from '../metric.ts';
import classes from './fleet.module.css';
import { LAYER_LABEL, LAYERS, stateOf } from './order.ts';

const COLUMNS: RowColumn<ModelSummary>[] = [
  {
    id: 'model',
    title: 'Model',
    width: 'minmax(200px, 1fr)',
    cell: (model) => (
      <>
        <Link {...paths.model(model.id)} className={classes.name!}>
          {model.id}
        </Link>
        <div className={classes.sub}>{model.owner ?? 'no owner'}</div>
      </>
    ),
  },
  ...LAYERS.map((layer) => ({
    id: `layer-${layer}`,
    title: LAYER_LABEL[layer],
    width: '84px',
    cell: (model: ModelSummary) => {
      const state = stateOf(model, layer);
      return (
        <span className={classes.state} data-quiet={state === 'ok' || state === 'no_data' || undefined}>
          <StateMark state={state} label={LAYER_LABEL[layer]} word={false} />
          <span aria-hidden="true">{state === 'not_enough_data' ? 'few data' : STATE_WORD[state]}</span>
        </span>
      );
    },
  })),
  {
    id: 'traffic',
    title: 'Traffic, last 48 buckets',
    width: '160px',
    cell: (model) => <Traffic model={model} />,
  },
  {
    id: 'quality',
    title: 'Quality, 95 % interval',
    width: '252px',
    cell: (model) => <Quality model={model} />,
  },
  {
    id: 'incidents',
    title: 'Open incidents',
    width: '96px',
    cell: ({ open_incidents: open }) => {
      const levels = (['P1', 'P2', 'P3'] as const).filter((level) => open[level] > 0);
      return levels.length === 0 ? (
        <span className={classes.sub}>none</span>
      ) : (
        <span className={classes.levels}>
          {levels.map((level) => (
            <Priority key={level} level={level} count={open[level]} />
          ))}
        </span>
      );
    },
  },
  {
    id: 'last',
    title: 'Last event',
    width: '88px',
    align: 'right',
    cell: ({ last_event }) => (last_event === null ? NOTHING : <Ago at={last_event} />),
  },
];

export function FleetTable({ models }: { models: readonly ModelSummary[] }) {
  return (
    <div className={classes.wide}>
      <Rows label="Models" columns={COLUMNS} rows={models} rowKey={(model) => model.id} height={48} />
    </div>
  );
}

function Traffic({ model }: { model: ModelSummary }) {
  const total = model.traffic.reduce((sum, { n }) => sum + n, 0);
  return (
    <span className={classes.pair}>
      <Sparkline
        area
        width={96}
        values={model.traffic.map(({ n }) => n)}
        label={`${plural(total, 'prediction')} in the newest ${model.traffic.length} buckets`}
      />
      <span title={`${count(total)} predictions in the newest ${model.traffic.length} buckets`}>
        {compact(total)}
      </span>
    </span>
  );
}

function Quality({ model: { quality } }: { model: ModelSummary }) {
  if (quality === null) return <span className={classes.sub}>no labels yet</span>;
  const unit = metricUnit(quality.metric);
  const range = interval(quality.low, quality.high, unit);
  return (
    <span className={classes.pair}>
      <span className={classes.quality}>
        <span>
          <b>{quantity(quality.value, unit)}</b> {metricName(quality.metric)}
        </span>
        <span className={classes.sub}>
          {range}, n = {compact(quality.n)}
        </span>
      </span>
      <Sparkline
        width={88}
        values={quality.points.map(({ value }) => value)}
        label={`Trend of ${metricName(quality.metric)}`}
      />
    </span>
  );
}
