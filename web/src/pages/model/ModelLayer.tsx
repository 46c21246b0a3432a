import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { memo, useMemo } from 'react';
import { setupQuery, signalsQuery, timelineQuery } from '../../api/queries.ts';
import type { ColumnTimeline, Model, Signal } from '../../api/types.ts';
import { Section } from '../../charts/Section.tsx';
import type { Line } from '../../charts/series.ts';
import { TimeRow } from '../../charts/TimeRow.tsx';
import { Words } from '../../charts/Words.tsx';
import { paths } from '../../paths.ts';
import type { Range } from '../../time/range.ts';
import { Empty } from '../../ui/Empty.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { LAYER_LABEL } from '../fleet/order.ts';
import { isQuality, type Kinds, useKinds } from '../kinds.ts';
import { columnName, metricName } from '../metric.ts';
import { bandLine, topLine } from '../timeline.ts';
import type { Earlier } from './compare.ts';
import { SilentRows } from './SilentRows.tsx';
import { linesOf, shifted, silence, whole } from './signals.ts';

interface Props {
  readonly model: Model;
  readonly range: Range;
  readonly before: Earlier | null;
}

/** What it is drawn from. */
export const modelLayerQuestions = (model: Model, range: Range) => [
  signalsQuery(model.id, range, { layer: 'model' }),
  ...(answers(model) ? [{ ...timelineQuery(model.id, answerColumn(model), range), retry: false }] : []),
];

/** The column whose course stands for all answers. */
const answerColumn = ({ task }: Model) => (task === 'binary' ? '_score' : '_prediction');

/** Whether there is a column of answers to ask for; of scores only the server knows. */
const answers = (model: Model) =>
  answerColumn(model) === '_score' || model.columns.some(({ name }) => name === '_prediction');

/** Do the answers still look as before, and are they still right? */
export const ModelLayer = memo(function ModelLayer({ model, range, before }: Props) {
  const signals = useQuery(signalsQuery(model.id, range, { layer: 'model' }));
  const earlier = useQuery({
    ...signalsQuery(model.id, before?.range ?? range, { layer: 'model' }),
    enabled: before !== null,
  });
  return (
    <Section title={LAYER_LABEL.model} state={model.layers.model ?? 'no_data'}>
      <Loaded of={signals} what="The quality of the model could not be read:" height={140}>
        {({ items }) => (
          <Rows
            items={items}
            earlier={
              before === null
                ? undefined
                : { signals: earlier.data?.items ?? [], by: before.by, name: before.name }
            }
            model={model}
            range={range}
          />
        )}
      </Loaded>
      {answers(model) && <PredictionBand model={model} range={range} before={before} />}
    </Section>
  );
});

interface RowsProps {
  readonly items: readonly Signal[];
  readonly earlier: { signals: readonly Signal[]; by: number; name: string } | undefined;
  readonly model: Model;
  readonly range: Range;
}

function Rows({ items, earlier, model, range }: RowsProps) {
  const kinds = useKinds();
  const rows = useMemo(
    () =>
      whole(items)
        .sort((a, b) => kinds.rank(a.kind) - kinds.rank(b.kind) || a.metric.localeCompare(b.metric))
        .map((signal) => ({
          signal,
          silent: silence(signal.points),
          lines: linesOf(
            signal,
            metricName(signal.metric),
            earlier,
            kinds.of(signal.kind)?.stands_for === 'estimated',
          ),
        })),
    [items, earlier, kinds],
  );
  const loud = rows.filter(({ silent }) => silent === null);
  const quality = loud.some(({ signal }) => kinds.of(signal.kind)?.stands_for === 'realised');
  const named = rows.flatMap(({ signal, silent }) =>
    silent === null || isQuality(kinds, signal) ? [] : [{ name: nameOf(kinds, signal), status: silent }],
  );
  return (
    <>
      {!quality && <Unknown model={model} />}
      {loud.map(({ signal, lines }) =>
        isShift(kinds, signal) ? (
          <TimeRow
            key={signal.id}
            title={
              <Link {...paths.column(model.id, aboutOf(kinds, signal), range)}>
                {nameOf(kinds, signal)}, {metricName(signal.metric)}
              </Link>
            }
            name={nameOf(kinds, signal)}
            lines={lines}
            unit={signal.unit}
            threshold={signal.threshold}
            band
            merge="max"
            about={{ kind: signal.kind }}
          />
        ) : (
          <TimeRow
            key={signal.id}
            title={qualityName(kinds, signal)}
            name={qualityName(kinds, signal)}
            lines={lines}
            unit={signal.unit}
            threshold={signal.threshold}
            band
            zero={false}
            merge="mean"
            height={80}
            about={{ kind: signal.kind }}
          />
        ),
      )}
      <SilentRows rows={named} />
    </>
  );
}

/** The column that a series is about. */
const aboutOf = (kinds: Kinds, { column, kind }: Signal) =>
  column || (kinds.of(kind)?.model_column ?? '_prediction');

/** Whether it tells that answers moved, and not how good they are or how many are known to be. */
const isShift = (kinds: Kinds, { kind }: Signal) => kinds.of(kind)?.role === 'shift';

const nameOf = (kinds: Kinds, signal: Signal) =>
  isShift(kinds, signal)
    ? `Drift of the ${columnName(aboutOf(kinds, signal))}`
    : (kinds.of(signal.kind)?.title ?? signal.kind);

/** `Realised ROC AUC`, and of what stands for no quality its kind: `Calibration drift: expected calibration error`. */
function qualityName(kinds: Kinds, { kind, metric }: Signal): string {
  const known = kinds.of(kind);
  if (known?.stands_for === 'realised') return `Realised ${metricName(metric)}`;
  if (known?.stands_for === 'estimated') return `Estimated ${metricName(metric)}`;
  const told = known?.metrics.find(({ id }) => id === metric)?.title ?? metricName(metric);
  return `${known?.title ?? kind}: ${told}`;
}

/** Why no quality is told: what the set-up says of its labels, where it knows. */
function Unknown({ model }: { model: Model }) {
  const setup = useQuery(setupQuery(model.id));
  const labels = setup.data?.steps.find(({ id }) => id === 'labels');
  if (labels === undefined || labels.state === 'done')
    return (
      <Words>
        <Empty title="No quality in this range: no data with labels." />
      </Words>
    );
  return (
    <Words>
      <Empty title="Quality is not known yet.">
        {labels.sentence}{' '}
        {labels.state === 'todo' && (
          <>
            They go to <code>/api/v1/labels</code>, whenever they become known.
          </>
        )}
      </Empty>
    </Words>
  );
}

const linesOfTimeline = (timeline: ColumnTimeline): Line[] =>
  timeline.type === 'numeric' ? [bandLine(timeline)] : topLine(timeline);

/** What the model answers over time: middle and spread of numbers, the share of the commonest class otherwise. */
function PredictionBand({ model, range, before }: Props) {
  const column = answerColumn(model);
  const timeline = useQuery({ ...timelineQuery(model.id, column, range), retry: false });
  const other = useQuery({
    ...timelineQuery(model.id, column, before?.range ?? range),
    retry: false,
    enabled: before !== null,
  });
  const lines = useMemo(() => {
    if (timeline.data === undefined) return [];
    const [first, ...rest] = linesOfTimeline(timeline.data);
    if (first === undefined || before === null || other.data === undefined)
      return first === undefined ? [] : [first, ...rest];
    const same = linesOfTimeline(other.data).find(({ name }) => name === first.name);
    if (same === undefined) return [first];
    const points = shifted(same.points, before.by);
    return [first, { name: before.name, part: 'reference' as const, compared: true, points }];
  }, [timeline.data, other.data, before]);
  // A model without scores has no such column: nothing to show, and nothing is wrong.
  if (timeline.error !== null && (timeline.error as { status?: number }).status === 404) return null;
  return (
    <Loaded of={timeline} what="The predictions over time could not be read:" height={72}>
      {({ type }) => (
        <TimeRow
          title={
            <Link {...paths.column(model.id, column, range)}>
              {type === 'numeric'
                ? `${column === '_score' ? 'Score' : 'Prediction'}: median, 5–95 % band`
                : `Share of the commonest ${columnName(column)}s`}
            </Link>
          }
          name={
            type === 'numeric'
              ? `Median ${columnName(column)} with its 5 to 95 % band`
              : 'Shares of predictions'
          }
          lines={lines}
          unit={type === 'numeric' ? '' : 'share'}
          band={type === 'numeric'}
          zero={type !== 'numeric'}
          merge="mean"
          height={80}
        />
      )}
    </Loaded>
  );
}
