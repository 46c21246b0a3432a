import { Button, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { anomaliesQuery, modelQuery, signalsQuery } from '../../api/queries.ts';
import { DAY, type Range } from '../../time/range.ts';
import { seriesOf } from '../anomalies/series-of.ts';
import { useKinds } from '../kinds.ts';

const MONTH = 30 * DAY;

/** The last month that the model has events of; null before it has any. */
function useMonth(model: string): Range | null {
  const { data } = useQuery(modelQuery(model));
  const to = data?.last_event ? Date.parse(data.last_event) + data.bucket_ms : null;
  return to === null ? null : { from: to - MONTH, to };
}

interface Props {
  readonly model: string;
  readonly value: string | null;
  readonly choose: (series: string | null) => void;
}

/** Which signal of the model a monitor watches. */
export function SeriesPicker({ model, value, choose }: Props) {
  const kinds = useKinds();
  const month = useMonth(model);
  const signals = useQuery({
    ...signalsQuery(model, month ?? { from: 0, to: 1 }, { points: 1 }),
    enabled: month !== null,
  });
  return (
    <Select
      label="Series"
      placeholder="which signal"
      searchable
      required
      data={seriesOf(signals.data?.items ?? [], kinds).map(([name, label]) => ({ value: name, label }))}
      value={value}
      onChange={choose}
      w={260}
    />
  );
}

/** The threshold that the last month of the signal suggests, to be taken over with a click. */
export function SuggestedThreshold({
  model,
  series,
  threshold,
  use,
}: {
  readonly model: string;
  readonly series: string;
  readonly threshold: number | string;
  readonly use: (threshold: number) => void;
}) {
  const month = useMonth(model);
  const found = useQuery({
    ...anomaliesQuery(model, month ?? { from: 0, to: 1 }, series),
    enabled: month !== null,
  });
  if (found.data === undefined || found.data.points.length === 0) return null;
  const suggested = found.data.suggested_threshold;
  if (threshold === suggested) return null;
  return (
    <Button size="compact-xs" variant="default" onClick={() => use(suggested)}>
      Suggested threshold: {suggested} (at most one anomaly in the last month)
    </Button>
  );
}
