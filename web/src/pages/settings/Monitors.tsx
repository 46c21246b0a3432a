import { Button, NumberInput, Select, Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { address } from '../../api/address.ts';
import { api } from '../../api/client.ts';
import { alertsQuery, monitorsQuery } from '../../api/queries.ts';
import type { Alert, Monitor } from '../../api/types.ts';
import { duration, plural, quantity } from '../../number/format.ts';
import { Ask } from '../../ui/Ask.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { Failure } from '../../ui/Failure.tsx';
import { Hidden } from '../../ui/Hidden.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { PlainTable } from '../../ui/PlainTable.tsx';
import { TableSkeleton } from '../../ui/Skeletons.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { alertState, worst } from '../../ui/state.ts';
import { type Kinds, useKinds } from '../kinds.ts';
import { metricName, metricUnit } from '../metric.ts';
import { useMay } from '../useMay.ts';
import { ModelPicker, useSettingsModel } from './ModelPicker.tsx';
import { NewMonitor } from './NewMonitor.tsx';
import { Preview } from './Preview.tsx';
import classes from './settings.module.css';
import { useChange } from './useChange.ts';

interface Change {
  readonly id: string;
  readonly enabled?: boolean;
  readonly severity?: Monitor['severity'];
  readonly options?: Monitor['options'];
}

export function Monitors() {
  const model = useSettingsModel();
  return (
    <>
      <p className={classes.intro}>
        Every model starts with these, without configuration. An empty threshold is the default, shown in
        grey; a changed one counts from the next bucket on.
      </p>
      <ModelPicker />
      {model === undefined ? <Empty title="No model yet." /> : <MonitorsOf key={model} model={model} />}
    </>
  );
}

/** The monitors of one model: each can be changed, tried on history, switched off and removed; more can be added. */
export function MonitorsOf({ model }: { model: string }) {
  const may = useMay();
  const kinds = useKinds();
  const monitors = useQuery(monitorsQuery(model));
  const alerts = useQuery(alertsQuery(model));
  const change = useChange(
    ({ id, ...body }: Change) => api.patch<Monitor>(address('/monitors/:id', { id }), body),
    address('/monitors'),
  );
  const byMonitor = (id: string) => alerts.data?.items.filter((alert) => alert.monitor === id) ?? [];
  return (
    <>
      {may.write && <NewMonitor model={model} />}
      {change.isError && <Failure what="The monitor was not changed:" error={change.error} />}
      <Loaded
        of={monitors}
        what="The monitors could not be read:"
        height={320}
        skeleton={<TableSkeleton rows={13} height={44} />}
      >
        {({ items }) => (
          <PlainTable
            stack
            label={`Monitors of ${model}`}
            rows={items}
            rowKey={(monitor) => monitor.id}
            columns={[
              {
                title: 'On',
                cell: (monitor) => (
                  <Switch
                    aria-label={`${kinds.name(monitor.kind)} on`}
                    checked={monitor.enabled}
                    disabled={!may.write}
                    onChange={(event) =>
                      change.mutate({ id: monitor.id, enabled: event.currentTarget.checked })
                    }
                  />
                ),
              },
              {
                title: 'Monitor',
                value: ({ kind }) => kinds.name(kind),
                cell: (monitor) => <strong>{kinds.name(monitor.kind)}</strong>,
              },
              { title: 'Looks at', cell: (monitor) => looksAt(monitor, kinds) },
              {
                title: 'Now',
                value: ({ id }) => byMonitor(id).filter(({ state }) => state === 'firing').length,
                cell: (monitor) => <Now alerts={byMonitor(monitor.id)} />,
              },
              {
                title: 'Threshold',
                cell: (monitor) => (
                  <Threshold
                    key={String(monitor.options.threshold)}
                    monitor={monitor}
                    alerts={byMonitor(monitor.id)}
                    mayChange={may.write}
                    set={(threshold) =>
                      change.mutate({ id: monitor.id, options: withThreshold(monitor.options, threshold) })
                    }
                  />
                ),
              },
              {
                title: 'The threshold is',
                cell: ({ defaults }) => <span className={classes.means}>{defaults.threshold_means}</span>,
              },
              { title: 'Fires when', cell: (monitor) => firesWhen(monitor) },
              {
                title: 'Severity',
                value: ({ severity }) => severity,
                cell: (monitor) => (
                  <Select
                    aria-label={`Severity of ${kinds.name(monitor.kind)}`}
                    data={['page', 'ticket']}
                    value={monitor.severity}
                    allowDeselect={false}
                    w={88}
                    disabled={!may.write}
                    onChange={(severity) =>
                      change.mutate({ id: monitor.id, severity: severity as Monitor['severity'] })
                    }
                  />
                ),
              },
              {
                title: 'Made by',
                value: ({ origin }) => origin,
                cell: (monitor) => (monitor.origin === 'default' ? 'Tiltmeter' : 'people'),
              },
              ...(may.write
                ? [
                    {
                      title: <Hidden>Remove</Hidden>,
                      align: 'right' as const,
                      cell: (monitor: Monitor) => (
                        <RemoveMonitor monitor={monitor} name={kinds.name(monitor.kind)} />
                      ),
                    },
                  ]
                : []),
            ]}
          />
        )}
      </Loaded>
    </>
  );
}

function RemoveMonitor({ monitor, name }: { monitor: Monitor; name: string }) {
  const remove = useChange(
    () => api.remove(address('/monitors/:id', { id: monitor.id })),
    address('/monitors'),
  );
  return (
    <Ask
      label="Remove"
      name={`Remove ${name}`}
      title={`Remove this monitor of ${name}?`}
      yes="Remove the monitor"
      failed="The monitor was not removed:"
      change={remove}
    >
      <p>
        It judges no more, and what it fires about is over. What it has measured stays.
        {monitor.origin === 'default' && ' Tiltmeter does not make it again; you can add one like it.'}
      </p>
    </Ask>
  );
}

function looksAt({ kind, options }: Monitor, kinds: Kinds): string {
  const { by, columns, metric, series, window_ms: window } = options;
  const parts = [
    columns === 'all' ? 'all columns' : Array.isArray(columns) ? named(columns) : '',
    typeof metric === 'string' ? metricName(metric) : '',
    typeof series === 'string' ? series : '',
    by === 'segment' ? 'each segment' : '',
    typeof window === 'number' ? `the last ${duration(window)}` : '',
  ].filter((part) => part !== '');
  if (parts.length > 0) return parts.join(', ');
  return kinds.of(kind)?.per_column ? 'every column' : 'the whole model';
}

/** A few columns by name, many by their number. */
function named(columns: readonly string[]): string {
  return columns.length <= 3 ? columns.join(', ') : plural(columns.length, 'column');
}

/** Without a threshold the default counts. */
function withThreshold(
  { threshold: _, ...others }: Monitor['options'],
  threshold: number | undefined,
): Monitor['options'] {
  return threshold === undefined ? others : { ...others, threshold };
}

function firesWhen({ options, defaults }: Monitor): string {
  const { m, n } = { ...defaults, ...options };
  return n === 1 ? 'any bucket crosses the threshold' : `${m} of ${n} buckets cross the threshold`;
}

function Now({ alerts }: { alerts: readonly Alert[] }) {
  if (alerts.length === 0) return <StateMark state="no_data" />;
  const firing = alerts.filter((alert) => alert.state === 'firing').length;
  const state = worst(alerts.map((alert) => alertState(alert.state)));
  return firing > 0 ? (
    <span className={classes.state}>
      <StateMark state="failing" label="firing" word={false} />
      {alerts.length === 1 ? 'firing' : `${firing} of ${alerts.length} firing`}
    </span>
  ) : (
    <StateMark state={state} />
  );
}

/** The levels that open an alert now, in the unit of the value: they follow from the threshold and the reference. */
function levels(alerts: readonly Alert[], kinds: Kinds): string {
  const known = alerts.flatMap(({ threshold, metric }) =>
    threshold === null ? [] : [{ threshold, unit: metricUnit(metric) }],
  );
  if (known.length === 0) return '';
  // What is expected differs from hour to hour.
  if (kinds.of(alerts[0]!.kind)?.level_moves) return 'differs by hour';
  const [least, most] = [Math.min, Math.max].map((pick) => pick(...known.map(({ threshold }) => threshold)));
  const text = (value: number) => quantity(value, known[0]!.unit);
  return least === most ? `opens at ${text(least!)}` : `opens at ${text(least!)} to ${text(most!)}`;
}

interface ThresholdProps {
  readonly monitor: Monitor;
  readonly alerts: readonly Alert[];
  readonly mayChange: boolean;
  readonly set: (threshold: number | undefined) => void;
}

/** The threshold in use, empty for the default; it is saved on Enter or with its button. */
function Threshold({ monitor, alerts, mayChange, set }: ThresholdProps) {
  const kinds = useKinds();
  const { threshold } = monitor.options;
  const saved = typeof threshold === 'number' ? threshold : undefined;
  const [value, setValue] = useState<number | string>(saved ?? '');
  const wanted = typeof value === 'number' ? value : undefined;
  const changed = wanted !== saved;
  return (
    <form
      className={classes.inline}
      onSubmit={(event) => {
        event.preventDefault();
        if (changed) set(wanted);
      }}
    >
      <NumberInput
        aria-label={`Threshold of ${kinds.name(monitor.kind)}`}
        placeholder={String(monitor.defaults.threshold ?? 'by metric')}
        hideControls
        disabled={!mayChange}
        step={0.01}
        miw={80}
        w={80}
        value={value}
        onChange={setValue}
      />
      {changed ? (
        <>
          <Button type="submit" size="compact-xs">
            {wanted === undefined ? 'Use the default' : 'Save'}
          </Button>
          <Preview
            trial={{
              model: monitor.model,
              kind: monitor.kind,
              options: withThreshold(monitor.options, wanted),
            }}
          />
        </>
      ) : (
        <span className={classes.quiet}>{levels(alerts, kinds)}</span>
      )}
    </form>
  );
}
