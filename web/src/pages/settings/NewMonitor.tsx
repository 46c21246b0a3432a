import { Button, MultiSelect, NumberInput, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { address } from '../../api/address.ts';
import { api } from '../../api/client.ts';
import { modelQuery, referencesQuery } from '../../api/queries.ts';
import type { Model, Monitor, MonitorKind } from '../../api/types.ts';
import { Failure } from '../../ui/Failure.tsx';
import { useKinds } from '../kinds.ts';
import { metricName } from '../metric.ts';
import { isNumbers } from '../numbers.ts';
import { Preview } from './Preview.tsx';
import { SeriesPicker, SuggestedThreshold } from './SeriesPicker.tsx';
import classes from './settings.module.css';
import { useChange } from './useChange.ts';

/** Columns that a kind can look at, by what they are taken for. */
export function columnsFor(kind: MonitorKind, columns: Model['columns']): string[] {
  return columns
    .filter((column) => {
      if (column.name.startsWith('_') || column.type === 'ignored') return false;
      if (kind.column_type === null) return true;
      return kind.column_type === (isNumbers(column) ? 'numeric' : 'categorical');
    })
    .map(({ name }) => name);
}

/** Adds a monitor, for all columns or some, and says first how often it would have fired. */
export function NewMonitor({ model }: { model: string }) {
  const kinds = useKinds();
  const known = useQuery(modelQuery(model));
  const references = useQuery(referencesQuery(model));
  const [kindId, setKind] = useState<string | null>(null);
  const [metric, setMetric] = useState<string | null>(null);
  const [columns, setColumns] = useState<string[]>([]);
  const [reference, setReference] = useState<string | null>(null);
  const [by, setBy] = useState<string | null>(null);
  const [threshold, setThreshold] = useState<number | string>('');
  const [series, setSeries] = useState<string | null>(null);
  const [severity, setSeverity] = useState<Monitor['severity']>('ticket');
  const kind = kindId === null ? undefined : kinds.of(kindId);
  const takes = (option: string) => option in ((kind?.options.properties ?? {}) as Record<string, unknown>);
  const options: Monitor['options'] = {
    ...(metric !== null && { metric }),
    ...(columns.length > 0 && { columns }),
    ...(reference !== null && { reference }),
    ...(by !== null && { by }),
    ...(series !== null && { series }),
    ...(threshold !== '' && { threshold: Number(threshold) }),
  };
  const create = useChange(
    () => api.post<Monitor>(address('/monitors'), { model, kind: kindId, options, severity }),
    address('/monitors'),
  );
  const choose = (id: string | null) => {
    setKind(id);
    setMetric(null);
    setColumns([]);
    setReference(null);
    setBy(null);
    setSeries(null);
    setThreshold('');
    setSeverity(kinds.of(id ?? '')?.severity ?? 'ticket');
  };
  const chosen = kind?.metrics.find(({ id }) => id === metric) ?? kind?.metrics[0];
  return (
    <>
      <form
        className={classes.form}
        aria-label="Add a monitor"
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate(undefined, { onSuccess: () => choose(null) });
        }}
      >
        <Select
          label="Add a monitor"
          placeholder="of what"
          data={kinds.all.map(({ id, title }) => ({ value: id, label: title }))}
          value={kindId}
          onChange={choose}
          w={180}
        />
        {kind !== undefined && (
          <>
            {takes('metric') && kind.metrics.length > 1 && (
              <Select
                label="Metric"
                placeholder="by the task"
                clearable
                data={kind.metrics.map(({ id }) => ({ value: id, label: metricName(id) }))}
                value={metric}
                onChange={setMetric}
                w={180}
              />
            )}
            {takes('columns') && (
              <MultiSelect
                label="Columns"
                placeholder={columns.length === 0 ? 'all' : ''}
                searchable
                data={columnsFor(kind, known.data?.columns ?? [])}
                value={columns}
                onChange={setColumns}
                w={240}
              />
            )}
            {takes('reference') && (
              <Select
                label="Against"
                placeholder="the default"
                clearable
                data={(references.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
                value={reference}
                onChange={setReference}
                w={150}
              />
            )}
            {takes('by') && (known.data?.segments.length ?? 0) > 0 && (
              <Select
                label="By"
                placeholder="all predictions"
                clearable
                data={[{ value: 'segment', label: 'each segment' }]}
                value={by}
                onChange={setBy}
                w={150}
              />
            )}
            {takes('series') && <SeriesPicker model={model} value={series} choose={setSeries} />}
            {takes('threshold') && (
              <NumberInput
                label="Threshold"
                placeholder={chosen === undefined ? '' : String(chosen.threshold)}
                hideControls
                value={threshold}
                onChange={setThreshold}
                w={90}
              />
            )}
            <Select
              label="Severity"
              data={['page', 'ticket']}
              value={severity}
              allowDeselect={false}
              onChange={(value) => setSeverity(value as Monitor['severity'])}
              w={88}
            />
            <Button type="submit" disabled={create.isPending}>
              Add
            </Button>
            <div className={classes.formNote}>
              <Preview trial={{ model, kind: kind.id, options }} />
              {series !== null && (
                <SuggestedThreshold model={model} series={series} threshold={threshold} use={setThreshold} />
              )}
              <span className={classes.quiet}>The threshold is: {kind.threshold_means}.</span>
            </div>
          </>
        )}
      </form>
      {create.isError && <Failure what="No monitor was added:" error={create.error} />}
    </>
  );
}
