import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { signalsQuery } from '../../api/queries.ts';
import type { Signal } from '../../api/types.ts';
import { pointsOf } from '../../charts/series.ts';
import { TimeRow } from '../../charts/TimeRow.tsx';
import { TimeStack } from '../../charts/TimeStack.tsx';
import { metricName, sentenceCase } from '../metric.ts';
import classes from '../segments/segments.module.css';
import type { PageTime } from '../useRange.ts';

/** The measures of one attribute that are watched, over time, with their limits. */
export function Course({ model, attribute, time }: { model: string; attribute: string; time: PageTime }) {
  const signals = useQuery(signalsQuery(model, time.range, { layer: 'model', column: attribute }));
  const watched = (signals.data?.items ?? []).filter(({ points }) =>
    points.some(({ value }) => value !== null),
  );
  if (watched.length === 0)
    return (
      <p className={classes.quiet}>
        How it changes over time is drawn once predictions of two groups have been judged in this range.
      </p>
    );
  return (
    <TimeStack range={time.range} extent={time.extent} onRange={time.set}>
      {watched.map((signal) => (
        <Measure key={signal.id} signal={signal} attribute={attribute} />
      ))}
    </TimeStack>
  );
}

function Measure({ signal, attribute }: { signal: Signal; attribute: string }) {
  const { metric, points, unit, threshold } = signal;
  const lines = useMemo(
    () => [{ name: metricName(metric), part: 'current' as const, points: pointsOf(points) }],
    [metric, points],
  );
  const name = `${sentenceCase(metricName(metric))} by ${attribute} over time, 95 % intervals, beside its limit`;
  return (
    <TimeRow
      title={name}
      name={name}
      lines={lines}
      unit={unit}
      threshold={threshold}
      band
      zero={false}
      merge="mean"
      height={100}
    />
  );
}
