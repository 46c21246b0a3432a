import { useMemo } from 'react';
import type { Anomalies } from '../../api/types.ts';
import { Section } from '../../charts/Section.tsx';
import { pointsOf } from '../../charts/series.ts';
import { TimeRow } from '../../charts/TimeRow.tsx';
import { duration } from '../../number/format.ts';
import { ModelStack } from '../frame/ModelStack.tsx';
import type { PageTime } from '../useRange.ts';

interface Props {
  readonly found: Anomalies;
  readonly name: string;
  readonly model: string;
  readonly time: PageTime;
}

/** The series in the band that was expected of it, and under it how unusual each value was. */
export function SeriesCharts({ found, name, model, time }: Props) {
  const { points, unit, bucket_ms: bucket, season_ms: season } = found;
  const value = useMemo(
    () => [
      {
        name,
        part: 'current' as const,
        points: pointsOf(points.map((point) => ({ ...point, n: 1, status: 'ok' }))),
      },
      {
        name: 'expected',
        part: 'reference' as const,
        points: pointsOf(points.map((point) => plain(point.time, point.expected))),
      },
    ],
    [name, points],
  );
  const surprise = useMemo(
    () => [
      {
        name: 'surprise',
        part: 'current' as const,
        points: pointsOf(points.map((point) => plain(point.time, point.surprise))),
      },
      {
        name: 'told above',
        part: 'reference' as const,
        points: pointsOf(points.map((point) => plain(point.time, point.level))),
      },
    ],
    [points],
  );
  const note =
    season === null
      ? 'expected: the newest values'
      : `expected: the same time of earlier periods of ${duration(season)}`;
  return (
    <ModelStack model={model} time={time}>
      <Section title={name} note={`${note}; the band held 95 % of the values before`}>
        <TimeRow
          title={`${name} and what was expected`}
          name={`${name} and what was expected`}
          lines={value}
          unit={unit}
          band
          merge="last"
          bucket={bucket}
          height={140}
          zero={false}
        />
        <TimeRow
          title="How far outside of all before"
          name="How far outside of all before"
          lines={surprise}
          unit="margins"
          merge="max"
          bucket={bucket}
        />
      </Section>
    </ModelStack>
  );
}

const plain = (time: string, value: number | null) => ({
  ...{ time, value, low: null, high: null, n: 1 },
  status: value === null ? 'not_enough_history' : 'ok',
});
