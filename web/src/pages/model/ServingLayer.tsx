import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { signalsQuery } from '../../api/queries.ts';
import type { Model, Signal } from '../../api/types.ts';
import { Section } from '../../charts/Section.tsx';
import { TimeRow } from '../../charts/TimeRow.tsx';
import { bucketName, duration } from '../../number/format.ts';
import type { Range } from '../../time/range.ts';
import { Empty } from '../../ui/Empty.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { LAYER_LABEL } from '../fleet/order.ts';
import { type Kinds, useKinds } from '../kinds.ts';
import { sentenceCase, words } from '../metric.ts';
import type { Earlier } from './compare.ts';
import { linesOf, whole } from './signals.ts';

interface Props {
  readonly model: Model;
  readonly range: Range;
  readonly before: Earlier | null;
}

/** A count per bucket is a quantity of each bucket: steps, and the mean where they are joined. */
const isCount = ({ unit }: Signal) => unit === 'predictions';

function title(signal: Signal, bucketMs: number, kinds: Kinds): string {
  if (isCount(signal)) return `Predictions per ${bucketName(bucketMs)}`;
  const kind = kinds.of(signal.kind);
  const metric = kind?.metrics.find(({ id }) => id === signal.metric)?.title ?? words(signal.metric);
  if (kind?.metrics.length === 1) return sentenceCase(metric);
  return `${sentenceCase(kinds.name(signal.kind))} ${metric}`;
}

/** Does it answer, how fast, how often with an error? */
export function ServingLayer({ model, range, before }: Props) {
  const signals = useQuery(signalsQuery(model.id, range, { layer: 'serving' }));
  const earlier = useQuery({
    ...signalsQuery(model.id, before?.range ?? range, { layer: 'serving' }),
    enabled: before !== null,
  });
  return (
    <Section title={LAYER_LABEL.serving} state={model.layers.serving ?? 'no_data'}>
      <Loaded of={signals} what="The serving signals could not be read:" height={220}>
        {({ items }) => (
          <Rows
            items={items}
            bucketMs={model.bucket_ms}
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
}

interface RowsProps {
  readonly items: readonly Signal[];
  readonly bucketMs: number;
  readonly earlier: { signals: readonly Signal[]; by: number; name: string } | undefined;
}

function Rows({ items, earlier, bucketMs }: RowsProps) {
  const kinds = useKinds();
  const rows = useMemo(
    () =>
      whole(items)
        .sort((a, b) => kinds.rank(a.kind) - kinds.rank(b.kind) || a.metric.localeCompare(b.metric))
        .map((signal) => ({ signal, lines: linesOf(signal, title(signal, bucketMs, kinds), earlier) })),
    [items, earlier, bucketMs, kinds],
  );
  if (rows.length === 0)
    return (
      <Empty title="No signals in this range.">
        A bucket of {duration(bucketMs)} is judged when it is complete, so the first ones appear after that.
      </Empty>
    );
  return rows.map(({ signal, lines }) => (
    <TimeRow
      key={signal.id}
      title={title(signal, bucketMs, kinds)}
      name={title(signal, bucketMs, kinds)}
      lines={lines}
      unit={signal.unit}
      // Where what is expected differs from hour to hour one line would be wrong.
      threshold={kinds.of(signal.kind)?.level_moves ? null : signal.threshold}
      shape={isCount(signal) ? 'steps' : 'line'}
      merge={isCount(signal) ? 'mean' : 'max'}
    />
  ));
}
