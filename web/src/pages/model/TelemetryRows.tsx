import { useMemo } from 'react';
import type { Model, TelemetrySeries } from '../../api/types.ts';
import { pointsOf } from '../../charts/series.ts';
import { TimeRow } from '../../charts/TimeRow.tsx';
import { plural } from '../../number/format.ts';
import type { Range } from '../../time/range.ts';
import { LinksOut } from '../links/LinksOut.tsx';
import { ofModel } from '../links/values.ts';
import classes from './model.module.css';

/** What came by OTLP for a layer, a chart each. */
export function TelemetryRows({ series, ...shared }: Shared & { series: readonly TelemetrySeries[] }) {
  return series.map((one) => <TelemetryRow key={one.id} series={one} {...shared} />);
}

interface Shared {
  readonly model: Model;
  readonly range: Range;
  readonly step: number;
}

function TelemetryRow({ series, step, model, range }: Shared & { series: TelemetrySeries }) {
  const { title, unit, metric, instances, between, points } = series;
  const banded = points.some(({ low }) => low !== null);
  const several = between === 'instances' && instances > 1 && banded;
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
          {name} <span className={classes.metric}>{metric}</span>{' '}
          <LinksOut place="series" values={{ ...ofModel(model, range), metric }} />
        </>
      }
      name={name}
      lines={lines}
      unit={unit}
      band={several || (between === 'bucket' && banded)}
      merge="mean"
      bucket={step}
    />
  );
}
