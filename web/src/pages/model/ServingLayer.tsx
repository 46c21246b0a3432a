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
import { kindName, words } from '../metric.ts';
import type { Earlier } from './compare.ts';
import { linesOf, whole } from './signals.ts';

interface Props {
  readonly model: Model;
  readonly range: Range;
  readonly before: Earlier | null;
}

const ORDER = ['volume', 'error_rate', 'latency', 'freshness'];

function title(signal: Signal, bucketMs: number): string {
  if (signal.kind === 'volume') return `Predictions per ${bucketName(bucketMs)}`;
  if (signal.kind === 'error_rate') return 'Errors, share of predictions';
  if (signal.kind === 'latency') return `Latency ${signal.metric}`;
  if (signal.kind === 'freshness') return 'Age of the newest event';
  return `${kindName(signal.kind)} ${words(signal.metric)}`;
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
  const rows = useMemo(
    () =>
      whole(items)
        .sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || a.metric.localeCompare(b.metric))
        .map((signal) => ({ signal, lines: linesOf(signal, title(signal, bucketMs), earlier) })),
    [items, earlier, bucketMs],
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
      title={title(signal, bucketMs)}
      name={title(signal, bucketMs)}
      lines={lines}
      unit={signal.unit}
      // What is expected of the volume differs from hour to hour: one line would be wrong.
      threshold={signal.kind === 'volume' ? null : signal.threshold}
      shape={signal.kind === 'volume' ? 'steps' : 'line'}
      merge={signal.kind === 'volume' ? 'mean' : 'max'}
    />
  ));
}
