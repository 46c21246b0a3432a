import { Link } from '@tanstack/react-router';
import { segmentsQuery } from '../../api/queries.ts';
import type { Model, ModelSegments } from '../../api/types.ts';
import { Intervals } from '../../charts/Intervals.tsx';
import { count, interval, plural, quantity } from '../../number/format.ts';
import { paths } from '../../paths.ts';
import { Empty } from '../../ui/Empty.tsx';
import frame from '../frame/frame.module.css';
import { QuestionPage, type Told } from '../frame/QuestionPage.tsx';
import { sentenceCase } from '../metric.ts';
import type { PageTime } from '../useRange.ts';
import { SegmentAlerts } from './SegmentAlerts.tsx';
import { SegmentTable } from './SegmentTable.tsx';
import { Slices } from './Slices.tsx';

type Split = ModelSegments['splits'][number];

/** For whom is the model still right: every segment beside all predictions and beside what it was. */
export function SegmentsPage() {
  return (
    <QuestionPage name="segments" what="The segments" ask={segmentsQuery}>
      {(told) => (
        <>
          <Splits {...told} />
          {told.model.segments.length > 0 && <SegmentAlerts model={told.model} />}
          <Slices model={told.model} time={told.time} />
        </>
      )}
    </QuestionPage>
  );
}

function Splits({ found, model, time, dates }: Told<ModelSegments>) {
  const { predictions, splits, metric, all, reference, quality_unknown } = found;
  if (model.segments.length + model.protected.length === 0)
    return (
      <Empty title="Predictions are not split.">
        Name the features or tags that tell groups apart in the{' '}
        <Link {...paths.modelSettings(model.id)}>settings of the model</Link>.
      </Empty>
    );
  if (splits.length === 0)
    return (
      <Empty title="Segments are being counted.">
        Bands of numbers are known once 200 values have come; the rest is there within a minute.
      </Empty>
    );
  const whole = metric === null ? null : `${metric.title} of all ${quantity(all.value, metric.unit)}`;
  return (
    <>
      <p>
        {plural(predictions, 'prediction')} {dates}
        {whole === null || all.value === null ? '' : `; ${whole}, n = ${count(all.n)}`}.{' '}
        {quality_unknown?.sentence}
        {reference === null && ' Without a reference there is nothing to compare with.'}
        {reference?.segmented === false &&
          ` The reference ${reference.name} is a file, which has no segments: what each of them was is not known.`}
      </p>
      {splits.map((split) => (
        <SplitSection key={split.id} split={split} found={found} model={model} time={time} />
      ))}
    </>
  );
}

function SplitSection({
  split,
  found,
  model,
  time,
}: {
  split: Split;
  found: ModelSegments;
  model: Model;
  time: PageTime;
}) {
  const { metric, all } = found;
  const items = found.items.filter((item) => item.split === split.id);
  const name = split.columns.map((column) => column.name).join(' and ');
  const unit = metric?.unit ?? '';
  return (
    <section aria-label={`By ${name}`}>
      <h2>By {name}</h2>
      <p className={frame.quiet}>{boundOf(split, items.length)}</p>
      {metric !== null && (
        <Intervals
          title={`${sentenceCase(metric.title)} by ${name}, 95 % intervals, beside all predictions`}
          rows={items.map(({ key, text, quality, verdict }) => ({
            ...{ key, label: text, off: verdict === 'worse' || verdict === 'better' },
            ...{ value: quality.value, low: quality.low, high: quality.high },
            text:
              quality.value === null
                ? 'not enough labels'
                : `${quantity(quality.value, unit)} (${interval(quality.low, quality.high, unit)})`,
          }))}
          mark={all.value === null ? null : { value: all.value, label: `all: ${quantity(all.value, unit)}` }}
          axis={(value) => quantity(value, unit)}
          off="differs from all, more than chance"
        />
      )}
      <SegmentTable found={found} split={split} items={items} model={model} time={time} />
    </section>
  );
}

/** How many of its values are told apart, and where the bands of its numbers end. */
function boundOf({ columns, own, most }: Split, shown: number): string {
  const bands = columns.flatMap(({ name, cuts }) =>
    cuts === null ? [] : [`${name} in bands that end at ${cuts.join(', ')}`],
  );
  const rest =
    own >= most
      ? `The ${most} values that came first have profiles of their own; all others are one`
      : plural(shown, 'segment');
  return `${[rest, ...bands].join('; ')}.`;
}
