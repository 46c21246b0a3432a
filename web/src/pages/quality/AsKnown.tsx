import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { signalsQuery } from '../../api/queries.ts';
import type { Signal } from '../../api/types.ts';
import { type Line, pointsOf } from '../../charts/series.ts';
import { TimeRow } from '../../charts/TimeRow.tsx';
import { TimeStack } from '../../charts/TimeStack.tsx';
import { type Kinds, useKinds } from '../kinds.ts';
import { metricName, sentenceCase } from '../metric.ts';
import type { PageTime } from '../useRange.ts';
import classes from './quality.module.css';

const AS_FIRST_JUDGED = { layer: 'model', known: 'then' };

/** The metric that alarms, as it is known now and as it was first judged: what labels that came later changed. */
export function AsKnown({ model, time }: { model: string; time: PageTime }) {
  const kinds = useKinds();
  const now = useQuery(signalsQuery(model, time.range, { layer: 'model' }));
  const then = useQuery(signalsQuery(model, time.range, AS_FIRST_JUDGED));
  const found = useMemo(
    () => bothOf(now.data?.items ?? [], then.data?.items ?? [], kinds),
    [now.data, then.data, kinds],
  );
  if (found === null) return null;
  const name = `${sentenceCase(metricName(found.metric))} as known now, and as first judged (dashed)`;
  return (
    <section aria-label="As known now and then">
      <h2>What labels that came later changed</h2>
      <p className={classes.quiet}>{toldOf(found.changed, found.buckets)}</p>
      <TimeStack range={time.range} extent={time.extent} onRange={time.set}>
        <TimeRow
          title={name}
          name={name}
          lines={found.lines}
          unit={found.unit}
          threshold={found.threshold}
          band
          zero={false}
          merge="mean"
          height={120}
        />
      </TimeStack>
    </section>
  );
}

function toldOf(changed: number, buckets: number): string {
  if (changed === 0) return `All ${buckets} values of this range are still as they were first judged.`;
  return `${changed} of ${buckets} values of this range have changed since they were first judged.`;
}

/** The realised metric of the whole model of both readings; null without one. Pure. */
export function bothOf(now: readonly Signal[], then: readonly Signal[], kinds: Kinds) {
  const isWhole = ({ segment, version, kind, points }: Signal) =>
    segment + version === '' &&
    kinds.of(kind)?.stands_for === 'realised' &&
    points.some(({ value }) => value !== null);
  const current = now.find(isWhole);
  const first = then.find(({ id }) => id === current?.id);
  if (current === undefined || first === undefined) return null;
  const before = new Map(first.points.map(({ time, value }) => [time, value]));
  const valued = current.points.filter(({ value }) => value !== null);
  const changed = valued.filter(({ time, value }) => before.has(time) && before.get(time) !== value).length;
  const lines: Line[] = [
    { name: 'as known now', part: 'current', points: pointsOf(current.points) },
    { name: 'as first judged', part: 'second', dashed: true, points: pointsOf(first.points) },
  ];
  const { metric, unit, threshold } = current;
  return { metric, unit, threshold, lines, changed, buckets: valued.length };
}
