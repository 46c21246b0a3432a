import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { signalsQuery, timelineQuery } from '../../api/queries.ts';
import type { ColumnTimeline, Model } from '../../api/types.ts';
import { Section } from '../../charts/Section.tsx';
import { pointsOf } from '../../charts/series.ts';
import { TimeRow } from '../../charts/TimeRow.tsx';
import { paths } from '../../paths.ts';
import type { Range } from '../../time/range.ts';
import { Empty } from '../../ui/Empty.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { useKinds } from '../kinds.ts';
import { columnName, metricName, sentenceCase } from '../metric.ts';
import { whole } from '../model/signals.ts';
import { bandLine, shareLine, topLine } from '../timeline.ts';

interface Props {
  readonly model: Model;
  readonly column: string;
  readonly range: Range;
  readonly version: string | undefined;
}

/** The column over the shared time axis: its score, its values, and what is wrong with them. */
export function ColumnTime({ model, column, range, version }: Props) {
  const kinds = useKinds();
  const isShift = (kind: string) => kinds.of(kind)?.role === 'shift';
  // What is judged of the answers belongs to the model as a whole, not to a column.
  const answers = column === '_prediction' || (column === '_score' && model.task === 'binary');
  const ofAnswers = kinds.all.filter((kind) => kind.role === 'shift' && !kind.per_column).map(({ id }) => id);
  const signals = useQuery(signalsQuery(model.id, range, answers ? { kind: ofAnswers } : { column }));
  const timeline = useQuery(timelineQuery(model.id, column, range, version));
  const drawn = useMemo(
    () =>
      whole(signals.data?.items ?? [])
        .filter((signal) => answers || signal.column === column)
        .sort((a, b) => kinds.rank(b.kind) - kinds.rank(a.kind))
        .map((signal) => ({
          signal,
          lines: [
            { name: metricName(signal.metric), part: 'current' as const, points: pointsOf(signal.points) },
          ],
        })),
    [signals.data, column, answers, kinds],
  );
  return (
    <>
      <Section title="Held against the reference over time" note={model.reference?.name}>
        <Loaded of={signals} what="The signals could not be read:" height={96}>
          {() =>
            drawn.length === 0 ? (
              <Unjudged model={model} column={column} range={range} />
            ) : (
              drawn.map(({ signal, lines }) => (
                <TimeRow
                  key={signal.id}
                  title={
                    isShift(signal.kind)
                      ? `Drift, ${metricName(signal.metric)}`
                      : sentenceCase(kinds.name(signal.kind))
                  }
                  name={`${kinds.name(signal.kind)} of ${columnName(column)}`}
                  lines={lines}
                  unit={signal.unit}
                  threshold={signal.threshold}
                  band
                  merge="max"
                  height={isShift(signal.kind) ? 96 : 56}
                  about={{ kind: signal.kind, column: signal.column }}
                />
              ))
            )
          }
        </Loaded>
      </Section>
      <Section title="Values over time" note={version === undefined ? undefined : `version ${version}`}>
        <Loaded of={timeline} what="The values over time could not be read:" height={160}>
          {(found) => <Values timeline={found} judged={new Set(drawn.map(({ signal }) => signal.metric))} />}
        </Loaded>
      </Section>
    </>
  );
}

/** Why nothing is drawn: what is made of a record, and what has no values to compare, no monitor looks at by itself. */
function Unjudged({ model, column, range }: Omit<Props, 'version'>) {
  const overview = <Link {...paths.model(model.id, range)}>overview of {model.name}</Link>;
  if (column === '_label')
    return (
      <Empty title="Labels raise no alarm by themselves.">
        How they moved against the reference is told above; what they say of the predictions is judged as the
        quality of the model, on the {overview}.
      </Empty>
    );
  if (column.startsWith('_'))
    return <Empty title="This is judged for the model as a whole.">Its charts are on the {overview}.</Empty>;
  return <Empty title="No monitor looked at this column in this range." />;
}

/** The metric that a monitor has of the same share. */
const METRIC = { missing: 'missing_share', invalid: 'invalid_share', new: 'new_category_share' } as const;

/** Shares that a monitor already draws above, with its threshold, are not drawn twice. */
function Values({ timeline, judged }: { timeline: ColumnTimeline; judged: ReadonlySet<string> }) {
  const numeric = timeline.type === 'numeric';
  const middle = useMemo(() => (numeric ? [bandLine(timeline)] : topLine(timeline)), [numeric, timeline]);
  const shares = useMemo(
    () =>
      (['missing', 'invalid', 'new'] as const)
        .filter((one) => one !== 'new' || !numeric)
        .map((one) => ({ one, lines: [shareLine(timeline, one)] })),
    [numeric, timeline],
  ).filter(({ one }) => !judged.has(METRIC[one]));
  const title = numeric ? 'Median, 5–95 % band' : 'Share of the commonest values';
  return (
    <>
      <TimeRow
        title={title}
        name={title}
        lines={middle}
        unit={numeric ? '' : 'share'}
        band={numeric}
        zero={!numeric}
        merge="mean"
        height={96}
      />
      {shares.map(({ one, lines }) => (
        <TimeRow
          key={one}
          title={`${sentenceCase(one)}, share of rows`}
          name={`Share ${one}`}
          lines={lines}
          unit="share"
          merge="mean"
          height={48}
        />
      ))}
    </>
  );
}
