import { useMemo } from 'react';
import type { TelemetrySeries } from '../../api/types.ts';
import { pointsOf } from '../../charts/series.ts';
import { TimeRow } from '../../charts/TimeRow.tsx';
import { plural } from '../../number/format.ts';
import classes from './model.module.css';

/** What came by OTLP for a layer, a chart each. */
export function TelemetryRows({ series, step }: { series: readonly TelemetrySeries[]; step: number }) {
  return series.map((one) => <TelemetryRow key={one.id} series={one} step={step} />);
}

function TelemetryRow({ series, step }: { series: TelemetrySeries; step: number }) {
  const { title, unit, metric, instances, points } = series;
  const several = instances > 1 && points.some(({ low }) => low !== null);
  const name = several ? `${title}, mean of ${plural(instances, 'instance')}` : title;
  const lines = useMemo(
    () => [
      {
        name,
        part: 'current' as const,
        points: pointsOf(points.map((point) => ({ ...point, status: 'ok' }))),
      },
    ],
    [name, points],
  );
  return (
    <TimeRow
      title={
        <>
          {name} <span className={classes.metric}>{metric}</span>
        </>
      }
      name={name}
      lines={lines}
      unit={unit}
      band={several}
      merge="mean"
      bucket={step}
    />
  );
}
