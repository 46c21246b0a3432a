import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { estimateQuery, signalsQuery } from '../../api/queries.ts';
import type { ModelQuality, Signal } from '../../api/types.ts';
import { type Line, pointsOf } from '../../charts/series.ts';
import { TimeRow } from '../../charts/TimeRow.tsx';
import { count } from '../../number/format.ts';
import { Loaded } from '../../ui/Loaded.tsx';
import { PlainTable } from '../../ui/PlainTable.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import frame from '../frame/frame.module.css';
import { ModelStack } from '../frame/ModelStack.tsx';
import { type Kinds, useKinds } from '../kinds.ts';
import { Figure } from '../measured/Measured.tsx';
import { metricName, sentenceCase } from '../metric.ts';
import type { PageTime } from '../useRange.ts';
import classes from './quality.module.css';

/** How good the model is by what its scores promise, beside what labels then showed, and what that assumes. */
export function Estimate({ quality, time }: { quality: ModelQuality; time: PageTime }) {
  return quality.task === 'regression' ? (
    <FromRows model={quality.model} time={time} />
  ) : (
    <Told of={quality.estimate} model={quality.model} time={time} />
  );
}

/** Of numbers it is learned from rows, which takes a moment: the rest of the page does not wait for it. */
function FromRows({ model, time }: { model: string; time: PageTime }) {
  const found = useQuery(estimateQuery(model, time.range));
  return (
    <Loaded of={found} what="The estimate could not be made:" height={120}>
      {(estimate) => <Told of={estimate} model={model} time={time} />}
    </Loaded>
  );
}

interface ToldProps {
  readonly of: ModelQuality['estimate'];
  readonly model: string;
  readonly time: PageTime;
}

function Told({ of: { measures, checks, learned, unknown }, model, time }: ToldProps) {
  return (
    <section aria-label="Estimate without labels">
      <h2>Estimate without labels, beside what labels showed, with 95 % intervals</h2>
      {unknown !== null ? (
        <p className={frame.quiet}>{unknown.sentence}</p>
      ) : (
        <>
          <PlainTable
            label="Estimate without labels"
            rows={measures}
            rowKey={({ id }) => id}
            stack
            columns={[
              { title: 'Metric', cell: ({ title }) => sentenceCase(title) },
              {
                title: 'Estimated, this range',
                align: 'right',
                cell: ({ estimated, unit }) => <Figure of={estimated} unit={unit} />,
              },
              {
                title: 'Learned from',
                align: 'right',
                cell: ({ reference, unit }) => <Figure of={reference} unit={unit} />,
              },
              {
                title: 'Promised − kept, labelled rows of this range',
                align: 'right',
                cell: ({ error }) => <Figure of={error} />,
              },
              {
                title: 'Wrong so far, mean: estimate / own value, in stretches',
                align: 'right',
                cell: ({ worth }) => <Worth of={worth} />,
              },
            ]}
          />
          <p className={frame.quiet}>
            It was learned from {count(learned)} labelled predictions; their own value is the second column.
          </p>
          <ul className={classes.checks}>
            {checks.map(({ id, holds, sentence }) => (
              <li key={id}>
                <StateMark state={holds === null ? 'no_data' : holds ? 'ok' : 'warning'} word={false} />{' '}
                {sentence}
              </li>
            ))}
          </ul>
          <Course model={model} time={time} />
        </>
      )}
    </section>
  );
}

/** How far off the estimate was on average, beside the value of what it was learned from; which of them was nearer is bold. */
function Worth({ of }: { of: ModelQuality['estimate']['measures'][number]['worth'] }) {
  if (of === null) return <span className={frame.quiet}>not known</span>;
  const { parts, estimate, reference } = of;
  const [ours, own] = [estimate, reference].map((x) => String(Number(x.toPrecision(2))));
  return (
    <span title={`Mean absolute error in ${parts} ${parts === 1 ? 'stretch' : 'stretches'} with labels`}>
      {estimate < reference ? <strong>{ours}</strong> : ours} /{' '}
      {estimate < reference ? own : <strong>{own}</strong>}
      <span className={frame.quiet}> in {parts}</span>
    </span>
  );
}

/** The estimate, dashed, and the later truth on one chart. */
function Course({ model, time }: { model: string; time: PageTime }) {
  const kinds = useKinds();
  const signals = useQuery(signalsQuery(model, time.range, { layer: 'model' }));
  const found = useMemo(() => courseOf(signals.data?.items ?? [], kinds), [signals.data, kinds]);
  if (found === null) return null;
  const name = `${sentenceCase(metricName(found.metric))}: estimated (dashed) and as labels showed`;
  return (
    <ModelStack model={model} time={time}>
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
    </ModelStack>
  );
}

/** The estimated series of the whole model with the realised one of the same metric; null without. Pure. */
export function courseOf(signals: readonly Signal[], kinds: Kinds) {
  const whole = signals.filter(({ segment, version }) => segment === '' && version === '');
  const of = (stands: 'estimated' | 'realised', metric?: string) =>
    whole.find(
      (signal) =>
        kinds.of(signal.kind)?.stands_for === stands &&
        (metric === undefined || signal.metric === metric) &&
        signal.points.some(({ value }) => value !== null),
    );
  const estimated = of('estimated');
  if (estimated === undefined) return null;
  const { metric, unit, threshold } = estimated;
  const realised = of('realised', metric);
  const lines: Line[] = [
    { name: 'estimated', part: 'current', dashed: true, points: pointsOf(estimated.points) },
    ...(realised === undefined
      ? []
      : [{ name: 'realised', part: 'second' as const, points: pointsOf(realised.points) }]),
  ];
  return { metric, unit, threshold, lines };
}
