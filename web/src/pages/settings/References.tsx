import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { address } from '../../api/address.ts';
import { api } from '../../api/client.ts';
import { referencesQuery } from '../../api/queries.ts';
import type { Reference } from '../../api/types.ts';
import { duration, plural } from '../../number/format.ts';
import { span } from '../../time/format.ts';
import { useZone } from '../../time/zone.ts';
import { Empty } from '../../ui/Empty.tsx';
import { Failure } from '../../ui/Failure.tsx';
import { Hidden } from '../../ui/Hidden.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { Moment } from '../../ui/Moment.tsx';
import { PlainTable } from '../../ui/PlainTable.tsx';
import { TableSkeleton } from '../../ui/Skeletons.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { useMay } from '../useMay.ts';
import { CompareReference } from './CompareReference.tsx';
import { DeleteReference } from './DeleteReference.tsx';
import { ModelPicker, useSettingsModel } from './ModelPicker.tsx';
import classes from './settings.module.css';
import { UploadReference } from './UploadReference.tsx';
import { useChange } from './useChange.ts';

export function References() {
  const model = useSettingsModel();
  return (
    <>
      <p className={classes.intro}>
        What is normal. Monitors compare with the default; every column can be held against any of them.
      </p>
      <ModelPicker />
      {model === undefined ? <Empty title="No model yet." /> : <ReferencesOf key={model} model={model} />}
    </>
  );
}

/** The references of one model: added, compared, made the default, deleted. */
export function ReferencesOf({ model }: { model: string }) {
  const may = useMay();
  const [compared, setCompared] = useState<Reference | null>(null);
  const references = useQuery(referencesQuery(model));
  const path = address('/models/:model', { model });
  const makeDefault = useChange(
    (id: string) => api.patch(address('/models/:model/references/:id', { model, id }), { default: true }),
    path,
  );
  return (
    <>
      {may.write && (
        <>
          <UploadReference model={model} />
          <NewReference model={model} />
        </>
      )}
      {makeDefault.isError && <Failure what="The default was not changed:" error={makeDefault.error} />}
      <Loaded
        of={references}
        what="The references could not be read:"
        height={160}
        skeleton={<TableSkeleton rows={3} height={40} />}
      >
        {({ items }) =>
          items.length === 0 ? (
            <Empty title="No reference yet.">
              The first weeks of production become one by themselves; or upload the training set, or choose a
              window.
            </Empty>
          ) : (
            <PlainTable
              stack
              label={`References of ${model}`}
              rows={items}
              rowKey={(reference) => reference.id}
              columns={[
                {
                  title: 'Name',
                  value: ({ name }) => name,
                  cell: (reference) => <strong>{reference.name}</strong>,
                },
                { title: 'Kind', value: ({ kind }) => kind, cell: (reference) => reference.kind },
                { title: 'What it is', cell: (reference) => <What reference={reference} /> },
                {
                  title: 'Made',
                  value: ({ created_at }) => created_at,
                  cell: (reference) => <Moment at={reference.created_at} />,
                },
                {
                  title: <Hidden>What can be done with it</Hidden>,
                  align: 'right',
                  cell: (reference) => (
                    <span className={classes.buttons}>
                      {reference.default ? (
                        <span className={classes.state}>
                          <StateMark state="ok" label="default" word={false} /> the default
                        </span>
                      ) : (
                        may.write && (
                          <Button
                            variant="default"
                            size="compact-xs"
                            onClick={() => makeDefault.mutate(reference.id)}
                            disabled={makeDefault.isPending}
                          >
                            Make it the default
                          </Button>
                        )
                      )}
                      <Button
                        variant="default"
                        size="compact-xs"
                        aria-expanded={compared?.id === reference.id}
                        onClick={() => setCompared(compared?.id === reference.id ? null : reference)}
                      >
                        {compared?.id === reference.id ? 'Hide columns' : 'Columns'}
                      </Button>
                      {may.write && <DeleteReference model={model} reference={reference} />}
                    </span>
                  ),
                },
              ]}
            />
          )
        }
      </Loaded>
      {compared !== null && <CompareReference key={compared.id} model={model} reference={compared} />}
    </>
  );
}

function What({ reference: { kind, options } }: { reference: Reference }) {
  const zone = useZone();
  const ms = (value: unknown) => (typeof value === 'number' ? value : Date.parse(String(value)));
  if (kind === 'file')
    return `${plural(Number(options.rows), 'row')}${options.filename ? ` of ${options.filename}` : ''}`;
  if (kind === 'rolling') return `the ${duration(Number(options.window_ms))} before each bucket`;
  const range = { from: ms(options.from), to: ms(options.to) };
  return Number.isFinite(range.from) && Number.isFinite(range.to) ? span(range, zone) : '';
}

function NewReference({ model }: { model: string }) {
  const [name, setName] = useState('');
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const create = useChange(
    () =>
      api.post(address('/models/:model/references', { model }), {
        kind: 'fixed',
        name: name.trim(),
        from: `${from}T00:00:00Z`,
        to: `${to}T00:00:00Z`,
        default: false,
      }),
    address('/models/:model', { model }),
  );
  const ready = name.trim() !== '' && from !== '' && to !== '' && from < to;
  return (
    <>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) create.mutate(undefined, { onSuccess: () => setName('') });
        }}
      >
        <h2 className={classes.formHead}>A window of production</h2>
        <TextInput
          label="Name"
          placeholder="spring 2012"
          value={name}
          onChange={(e) => setName(e.currentTarget.value)}
          w={200}
        />
        <TextInput
          type="date"
          label="From, UTC"
          value={from}
          onChange={(e) => setFrom(e.currentTarget.value)}
          w={150}
        />
        <TextInput
          type="date"
          label="To, UTC"
          value={to}
          onChange={(e) => setTo(e.currentTarget.value)}
          w={150}
        />
        <Button type="submit" disabled={!ready || create.isPending}>
          Add this window
        </Button>
      </form>
      {create.isError && <Failure what="No reference was added:" error={create.error} />}
    </>
  );
}
