import { useQuery } from '@tanstack/react-query';
import { memo, useMemo } from 'react';
import { signalsQuery } from '../../api/queries.ts';
import type { Model, Signal } from '../../api/types.ts';
import { Section } from '../../charts/Section.tsx';
import { TimeRow } from '../../charts/TimeRow.tsx';
import type { Range } from '../../time/range.ts';
import { Loaded } from '../../ui/Loaded.tsx';
import { LAYER_LABEL } from '../fleet/order.ts';
import { type Kinds, useKinds } from '../kinds.ts';
import { columnName, sentenceCase } from '../metric.ts';
import type { Earlier } from './compare.ts';
import { SilentRows } from './SilentRows.tsx';
import { linesOf, silence, whole } from './signals.ts';

interface Props {
  readonly model: Model;
  readonly range: Range;
  readonly before: Earlier | null;
}

/** What it is drawn from; nothing is asked of a model whose business nobody tells. */
export const businessLayerQuestions = (model: Model, range: Range) =>
  hasBusiness(model) ? [signalsQuery(model.id, range, { layer: 'business' })] : [];

export const hasBusiness = ({ layers }: Model) => (layers.business ?? 'no_data') !== 'no_data';

/** `Revenue: sum per prediction`; of the value of answers its unit of money. */
function titleOf(signal: Signal, kinds: Kinds, model: Model): string {
  const found = kinds.of(signal.kind)?.metrics.find(({ id }) => id === signal.metric)?.title ?? signal.metric;
  if (signal.column !== '') return `${sentenceCase(columnName(signal.column))}: ${found}`;
  return `${sentenceCase(found)}${model.impact?.unit ? `, ${model.impact.unit}` : ''}`;
}

/** What comes of the answers: outcomes by prediction, and what answers are worth. */
export const BusinessLayer = memo(function BusinessLayer({ model, range, before }: Props) {
  const watched = hasBusiness(model);
  const signals = useQuery({ ...signalsQuery(model.id, range, { layer: 'business' }), enabled: watched });
  const earlier = useQuery({
    ...signalsQuery(model.id, before?.range ?? range, { layer: 'business' }),
    enabled: watched && before !== null,
  });
  const kinds = useKinds();
  const rows = useMemo(
    () =>
      whole(signals.data?.items ?? [])
        .map((signal) => {
          const title = titleOf(signal, kinds, model);
          const past = before && { signals: earlier.data?.items ?? [], by: before.by, name: before.name };
          return {
            signal,
            title,
            lines: linesOf(signal, title, past ?? undefined),
            silent: silence(signal.points),
          };
        })
        .sort((a, b) => a.title.localeCompare(b.title)),
    [signals.data, earlier.data, before, kinds, model],
  );
  if (!watched) return null;
  return (
    <Section title={LAYER_LABEL.business} state={model.layers.business ?? 'no_data'}>
      <Loaded of={signals} what="What the business saw could not be read:" height={80}>
        {() => (
          <>
            {rows
              .filter(({ silent }) => silent === null)
              .map(({ signal, title, lines }) => (
                <TimeRow
                  key={signal.id}
                  title={title}
                  name={title}
                  lines={lines}
                  unit={signal.unit}
                  threshold={signal.threshold}
                  band
                  zero={false}
                  merge="mean"
                  height={80}
                  about={{ kind: signal.kind }}
                />
              ))}
            <SilentRows
              rows={rows.flatMap(({ title, silent }) =>
                silent === null ? [] : [{ name: title, status: silent }],
              )}
            />
          </>
        )}
      </Loaded>
    </Section>
  );
});
