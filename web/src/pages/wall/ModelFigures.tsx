import { useElementSize } from '@mantine/hooks';
import type { ReactNode } from 'react';
import type { Model } from '../../api/types.ts';
import { bucketName, compact, duration, interval, quantity } from '../../number/format.ts';
import { Ago, Moment } from '../../ui/Moment.tsx';
import { Sparkline } from '../../ui/Sparkline.tsx';
import { trafficOf } from '../fleet/cells.tsx';
import { metricName, metricUnit } from '../metric.ts';
import classes from './wall.module.css';

interface FigureProps {
  readonly title: string;
  /** The number that one reads from afar. */
  readonly value: ReactNode;
  readonly note: ReactNode;
  readonly values: readonly (number | null)[];
  /** What the drawing shows, and over how long. */
  readonly drawn: string;
  readonly area?: boolean;
  readonly dashed?: boolean;
}

/** A number as large as the screen allows, what it is of, and how it went. */
function Figure({ title, value, note, values, drawn, ...look }: FigureProps) {
  const { ref, width, height } = useElementSize();
  return (
    <section className={classes.figure} aria-label={title}>
      <h2>{title}</h2>
      <b className={classes.big}>{value}</b>
      <p>{note}</p>
      <p>{drawn}</p>
      <div ref={ref} className={classes.drawing}>
        {width > 0 && (
          <Sparkline {...look} width={width} height={Math.max(60, height)} values={values} label={drawn} />
        )}
      </div>
    </section>
  );
}

/** How good the model is, as labels tell it, or as scores promise it. */
export function Quality({ model: { quality, quality_unknown: unknown, bucket_ms } }: { model: Model }) {
  if (quality === null || quality.value === null)
    return (
      <section className={classes.figure} aria-label="Quality">
        <h2>Quality</h2>
        <p>{unknown?.sentence ?? 'not known yet'}</p>
      </section>
    );
  const { metric, value, low, high, n, time, window_ms, baseline, estimated, points } = quality;
  const unit = metricUnit(metric);
  const name = `${estimated ? 'Estimated ' : ''}${metricName(metric)}`;
  const known = points.flatMap((point) => point.value ?? []);
  const waiting = points.length - 1 - points.findLastIndex((point) => point.value !== null);
  return (
    <Figure
      title={name}
      value={quantity(value, unit)}
      note={
        <>
          95 % interval {interval(low, high, unit)}, n = {compact(n)}
          {baseline !== null && `, baseline ${quantity(baseline, unit)}`}; {duration(window_ms)} to{' '}
          <Moment at={Date.parse(time) + bucket_ms} />
        </>
      }
      values={points.map((point) => point.value)}
      drawn={
        known.length === 0
          ? 'No trend yet'
          : `Each ${bucketName(bucket_ms)} of the last ${points.length}, from ${quantity(Math.min(...known), unit)} to ${quantity(Math.max(...known), unit)}${waiting > 1 ? `; the newest ${waiting} have no value yet` : ''}`
      }
      dashed={estimated}
    />
  );
}

/** How much it answers. */
export function Traffic({ model }: { model: Model }) {
  const { total, span } = trafficOf(model);
  const most = Math.max(0, ...model.traffic.map(({ n }) => n));
  return (
    <Figure
      area
      title={`Predictions${span === '' ? '' : ` in ${span}`}`}
      value={compact(total)}
      note={
        model.last_event === null ? (
          'no event yet'
        ) : (
          <>
            the newest <Ago at={model.last_event} />
          </>
        )
      }
      values={model.traffic.map(({ n }) => n)}
      drawn={`Per ${bucketName(model.bucket_ms)}, ${compact(most)} at most`}
    />
  );
}
