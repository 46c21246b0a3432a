import { useQuery } from '@tanstack/react-query';
import { memo, useMemo } from 'react';
import { signalsQuery, trafficQuery } from '../../api/queries.ts';
import type { Model, Signal } from '../../api/types.ts';
import { Section } from '../../charts/Section.tsx';
import { TimeRow } from '../../charts/TimeRow.tsx';
import { bucketName } from '../../number/format.ts';
import type { Range } from '../../time/range.ts';
import { Loaded } from '../../ui/Loaded.tsx';
import { LAYER_LABEL } from '../fleet/order.ts';
import { type Kinds, useKinds } from '../kinds.ts';
import { sentenceCase, words } from '../metric.ts';
import type { Earlier } from './compare.ts';
import { SilentRows } from './SilentRows.tsx';
import { linesOf, shifted, silence, whole } from './signals.ts';
import { trafficPoints } from './traffic.ts';

interface Props {
  readonly model: Model;
  readonly range: Range;
  readonly before: Earlier | null;
}

/** What it is drawn from. */
export const servingLayerQuestions = (model: Model, range: Range) => [
  trafficQuery(model.id, range),
  signalsQuery(model.id, range, { layer: 'serving' }),
];

/** What a monitor counts of the traffic is drawn as the traffic itself, which is there before anything is judged. */
const isCount = ({ unit }: Signal) => unit === 'predictions';

function title(signal: Signal, kinds: Kinds): string {
  const kind = kinds.of(signal.kind);
  const metric = kind?.metrics.find(({ id }) => id === signal.metric)?.title ?? words(signal.metric);
  if (kind?.metrics.length === 1) return sentenceCase(metric);
  return `${sentenceCase(kinds.name(signal.kind))} ${metric}`;
}

/** Does it answer, how fast, how often with an error? */
export const ServingLayer = memo(function ServingLayer({ model, range, before }: Props) {
  const signals = useQuery(signalsQuery(model.id, range, { layer: 'serving' }));
  const earlier = useQuery({
    ...signalsQuery(model.id, before?.range ?? range, { layer: 'serving' }),
    enabled: before !== null,
  });
  return (
    <Section title={LAYER_LABEL.serving} state={model.layers.serving ?? 'no_data'}>
      <TrafficRow model={model} range={range} before={before} />
      <Loaded of={signals} what="The serving signals could not be read:" height={160}>
        {({ items }) => (
          <Rows
            items={items}
            earlier={
              before === null
                ? undefined
                : { signals: earlier.data?.items ?? [], by: before.by, name: before.name }
            }
          />
        )}
      </Loaded>
    </Section>
  );
});

/** Predictions per bucket, from the first one on; the bucket that is filling is hatched. */
function TrafficRow({ model, range, before }: Props) {
  const kinds = useKinds();
  const traffic = useQuery(trafficQuery(model.id, range));
  const earlier = useQuery({
    ...trafficQuery(model.id, before?.range ?? range),
    enabled: before !== null,
  });
  const name = `Predictions per ${bucketName(model.bucket_ms)}`;
  const lines = useMemo(() => {
    if (traffic.data === undefined) return [];
    const current = { name, part: 'current' as const, points: trafficPoints(traffic.data, model.bucket_ms) };
    if (before === null || earlier.data === undefined) return [current];
    const points = shifted(trafficPoints(earlier.data, model.bucket_ms), before.by);
    return [current, { name: before.name, part: 'reference' as const, compared: true, points }];
  }, [traffic.data, earlier.data, before, model.bucket_ms, name]);
  const about = useMemo(
    () => ({
      kind: kinds.all
        .filter((kind) => kind.metrics.some(({ unit }) => unit === 'predictions'))
        .map(({ id }) => id),
    }),
    [kinds],
  );
  return (
    <Loaded of={traffic} what="The traffic could not be read:" height={64}>
      {() => (
        <TimeRow
          title={name}
          name={name}
          lines={lines}
          unit="predictions"
          shape="steps"
          merge="none"
          about={about}
        />
      )}
    </Loaded>
  );
}

interface RowsProps {
  readonly items: readonly Signal[];
  readonly earlier: { signals: readonly Signal[]; by: number; name: string } | undefined;
}

function Rows({ items, earlier }: RowsProps) {
  const kinds = useKinds();
  const rows = useMemo(
    () =>
      whole(items)
        .filter((signal) => !isCount(signal))
        .sort((a, b) => kinds.rank(a.kind) - kinds.rank(b.kind) || a.metric.localeCompare(b.metric))
        .map((signal) => ({
          signal,
          lines: linesOf(signal, title(signal, kinds), earlier),
          silent: silence(signal.points),
        })),
    [items, earlier, kinds],
  );
  return (
    <>
      {rows
        .filter(({ silent }) => silent === null)
        .map(({ signal, lines }) => (
          <TimeRow
            key={signal.id}
            title={title(signal, kinds)}
            name={title(signal, kinds)}
            lines={lines}
            unit={signal.unit}
            // Where what is expected differs from hour to hour one line would be wrong.
            threshold={kinds.of(signal.kind)?.level_moves ? null : signal.threshold}
            merge="max"
            about={{ kind: signal.kind }}
          />
        ))}
      <SilentRows
        rows={rows.flatMap(({ signal, silent }) =>
          silent === null ? [] : [{ name: title(signal, kinds), status: silent }],
        )}
      />
    </>
  );
}
