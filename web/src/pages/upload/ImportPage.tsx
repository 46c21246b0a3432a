import { Autocomplete, Button, SegmentedControl } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { address } from '../../api/address.ts';
import { api } from '../../api/client.ts';
import { fleetQuery } from '../../api/queries.ts';
import type { Upload } from '../../api/types.ts';
import { count, plural } from '../../number/format.ts';
import { paths } from '../../paths.ts';
import { Empty } from '../../ui/Empty.tsx';
import { Failure } from '../../ui/Failure.tsx';
import { useChange } from '../settings/useChange.ts';
import { useMay } from '../useMay.ts';
import { type Asked, TableUpload } from './TableUpload.tsx';
import classes from './upload.module.css';

type Use = 'predictions' | 'labels';

const route = getRouteApi('/shell/import');

/** Predictions or labels from a table, into a model that is there or new. */
export function ImportPage() {
  const asked = route.useSearch().model;
  const may = useMay();
  const fleet = useQuery(fleetQuery);
  const [model, setModel] = useState(asked ?? '');
  // Names are typed: asked for when somebody has stopped.
  const [settled] = useDebouncedValue(model.trim(), 300);
  const [use, setUse] = useState<Use>('predictions');
  if (!may.write)
    return <Empty title="Editors and admins import tables.">Ask one of them, or for a role that may.</Empty>;
  return (
    <div className={classes.page}>
      <h1>Import a table</h1>
      <p className={classes.quiet}>
        Rows become predictions of a model, through the same way in as everything else. Ids that are known are
        not stored twice.
      </p>
      <div className={classes.store}>
        <Autocomplete
          label="Model, there or new"
          placeholder="credit-risk"
          data={(fleet.data?.items ?? []).map(({ id }) => id)}
          value={model}
          onChange={setModel}
          w={260}
        />
        <SegmentedControl
          aria-label="What the rows are"
          value={use}
          onChange={(value) => setUse(value as Use)}
          data={[
            { value: 'predictions', label: 'Predictions' },
            { value: 'labels', label: 'Labels of predictions' },
          ]}
        />
      </div>
      <TableUpload model={settled} use={use}>
        {(shown) => (
          <Store key={`${shown.upload.id} ${use} ${settled}`} asked={shown} model={settled} use={use} />
        )}
      </TableUpload>
    </div>
  );
}

function Store({ asked, model, use }: { asked: Asked; model: string; use: Use }) {
  const { upload, preview, columns } = asked;
  const path = address('/uploads/:id', { id: upload.id });
  const begin = useChange(() => api.post<Upload>(`${path}/rows`, { model, use, columns }), '/api/v1/models');
  const told = useQuery({
    queryKey: [path],
    queryFn: () => api.get<Upload>(path),
    enabled: begin.isSuccess,
    refetchInterval: ({ state }) =>
      state.data === undefined || state.data.state === 'storing' ? 500 : false,
  });
  const now = told.data ?? begin.data;
  return (
    <>
      {(now === undefined || now.state === 'failed') && (
        <div className={classes.store}>
          <Button onClick={() => begin.mutate(undefined)} disabled={begin.isPending || model === ''}>
            Store {plural(preview.rows, 'row')} in {model}
          </Button>
          <span className={classes.quiet}>
            {preview.model_exists ? `${model} is there already.` : `${model} is a new model.`}
          </span>
        </div>
      )}
      {begin.isError && <Failure what="Nothing was stored:" error={begin.error} />}
      {now?.state === 'storing' && (
        <div className={classes.progress} role="status">
          <progress max={preview.rows} value={now.summary?.rows ?? 0} />
          <span>
            {count(now.summary?.rows ?? 0)} of {plural(preview.rows, 'row')} stored; it goes on when you leave
            this page
          </span>
        </div>
      )}
      {now?.state === 'failed' && now.error !== null && (
        <Failure
          what={`It stopped behind row ${count(now.summary?.rows ?? 0)}; storing again goes on, and stores nothing twice:`}
          error={new Error(now.error.message)}
        />
      )}
      {now?.state === 'stored' && now.summary !== null && (
        <div role="status">
          {summaryLines(now.summary).map((line) => (
            <p key={line}>{line}</p>
          ))}
          <p>
            <Link {...paths.model(model)}>See {model}</Link>
          </p>
        </div>
      )}
    </>
  );
}

/** What became of the rows: stored, known already, rejected. */
export function summaryLines({
  rows,
  predictions,
  labels,
  unreadable_lines,
  first_reasons,
  dropped_features,
  warnings,
}: NonNullable<Upload['summary']>): string[] {
  const part = (name: string, { received, stored, duplicates, rejected_total }: typeof predictions) =>
    received === 0
      ? []
      : [
          `${name}: ${count(stored)} stored, ${count(duplicates)} known already, ${count(rejected_total)} rejected.`,
        ];
  const unread = unreadable_lines > 0 ? `, ${plural(unreadable_lines, 'line')} could not be read` : '';
  return [
    `${plural(rows, 'row')} read${unread}.`,
    ...part('Predictions', predictions),
    ...part('Labels', labels),
    ...(dropped_features > 0 ? [`${plural(dropped_features, 'value')} of features left out.`] : []),
    ...warnings,
    ...first_reasons,
  ];
}
