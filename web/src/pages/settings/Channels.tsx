import { Button, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { address } from '../../api/address.ts';
import { api } from '../../api/client.ts';
import { channelsQuery, deliveriesQuery } from '../../api/queries.ts';
import type { Channel, Delivery } from '../../api/types.ts';
import { paths } from '../../paths.ts';
import { Ask } from '../../ui/Ask.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { Failure } from '../../ui/Failure.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { Moment } from '../../ui/Moment.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { PlainTable } from '../../ui/PlainTable.tsx';
import { TableSkeleton } from '../../ui/Skeletons.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { words } from '../metric.ts';
import { useMay } from '../useMay.ts';
import classes from './settings.module.css';
import { useChange } from './useChange.ts';

export function Channels() {
  const channels = useQuery(channelsQuery);
  const may = useMay();
  return (
    <>
      <p className={classes.intro}>
        Where notifications of incidents are sent, or each hour where the audit log ends, for whoever keeps it
        elsewhere. A message that cannot be delivered is tried again for a day, messages about one incident
        keep their order, and every message is listed here.
      </p>
      {may.admin && <NewChannel />}
      <Loaded
        of={channels}
        what="The channels could not be read:"
        height={160}
        skeleton={<TableSkeleton rows={3} height={40} />}
      >
        {({ items }) =>
          items.length === 0 ? (
            <Empty title="No channel yet">
              Nobody is notified of incidents until there is a channel. A webhook reaches your pager or chat.
            </Empty>
          ) : (
            items.map((channel) => <OneChannel key={channel.id} channel={channel} />)
          )
        }
      </Loaded>
    </>
  );
}

const TELLS: { value: Channel['tells']; label: string }[] = [
  { value: 'incidents', label: 'incidents' },
  { value: 'audit_head', label: 'the end of the audit log' },
];

function NewChannel() {
  const [name, setName] = useState('');
  const [to, setTo] = useState('');
  const [secret, setSecret] = useState('');
  const [tells, setTells] = useState<Channel['tells']>('incidents');
  const create = useChange(
    () =>
      api.post<Channel>(address('/channels'), {
        kind: 'webhook',
        name: name.trim(),
        address: to.trim(),
        tells,
        ...(secret === '' ? {} : { secret }),
      }),
    address('/channels'),
  );
  return (
    <>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate(undefined, {
            onSuccess: () => {
              setName('');
              setTo('');
              setSecret('');
            },
          });
        }}
      >
        <TextInput
          label="Name"
          placeholder="on-call"
          value={name}
          onChange={(e) => setName(e.currentTarget.value)}
          w={160}
        />
        <TextInput
          type="url"
          label="Webhook address"
          placeholder="https://…"
          value={to}
          onChange={(e) => setTo(e.currentTarget.value)}
          w={320}
        />
        <Select
          label="Is told of"
          data={TELLS}
          value={tells}
          onChange={(value) => setTells(value ?? 'incidents')}
          allowDeselect={false}
          w={200}
        />
        <TextInput
          type="password"
          autoComplete="new-password"
          label="Secret that signs it, if any"
          value={secret}
          onChange={(e) => setSecret(e.currentTarget.value)}
          w={200}
        />
        <Button type="submit" disabled={name.trim() === '' || to.trim() === '' || create.isPending}>
          Add a webhook
        </Button>
      </form>
      {create.isError && <Failure what="No channel was added:" error={create.error} />}
    </>
  );
}

function OneChannel({ channel }: { channel: Channel }) {
  const id = channel.id;
  const may = useMay();
  const deliveries = useQuery(deliveriesQuery(id));
  const test = useChange(
    () => api.post<Delivery>(address('/channels/:id/test', { id })),
    address('/channels'),
  );
  const remove = useChange(() => api.remove(address('/channels/:id', { id })), address('/channels'));
  return (
    <Panel
      title={channel.name}
      note={noteOf(channel)}
      actions={
        may.write && (
          <>
            <Button
              variant="default"
              size="compact-xs"
              onClick={() => test.mutate(undefined)}
              disabled={test.isPending}
            >
              Send a test
            </Button>
            {may.admin && (
              <Ask
                label="Remove"
                name={`Remove ${channel.name}`}
                title={`Remove the channel ${channel.name}?`}
                yes="Remove the channel"
                failed="The channel was not removed:"
                change={remove}
              >
                <p>Nothing is told to it any more, and what waits for it is not sent.</p>
              </Ask>
            )}
          </>
        )
      }
    >
      {test.isError && <Failure what="No test was sent:" error={test.error} />}
      <Loaded of={deliveries} what="The deliveries could not be read:" height={80}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title="Nothing was sent yet." />
          ) : (
            <PlainTable
              stack
              label={`Deliveries of ${channel.name}`}
              rows={items}
              rowKey={(delivery) => delivery.id}
              columns={[
                { title: 'When', cell: (delivery) => <Moment at={delivery.created_at} /> },
                { title: 'What', cell: (delivery) => words(delivery.event) },
                {
                  title: 'Incident',
                  cell: ({ event, incident }) => {
                    if (event === 'test') return 'a test';
                    if (event === 'audit_head') return 'none: the audit log';
                    return <Link {...paths.incident(incident)}>{incident}</Link>;
                  },
                },
                {
                  title: 'State',
                  cell: (delivery) => (
                    <>
                      <DeliveryState delivery={delivery} />
                      {delivery.state === 'failed' && may.write && <Again delivery={delivery} />}
                    </>
                  ),
                },
                { title: 'Tries', align: 'right', cell: (delivery) => delivery.attempts },
                { title: 'Last error', cell: (delivery) => delivery.last_error ?? 'none' },
              ]}
            />
          )
        }
      </Loaded>
    </Panel>
  );
}

/** A message that was given up, once more. */
function Again({ delivery }: { delivery: Delivery }) {
  const params = { id: delivery.channel, delivery: delivery.id };
  const again = useChange(
    () => api.post<Delivery>(address('/channels/:id/deliveries/:delivery/retry', params)),
    address('/channels'),
  );
  return (
    <>
      <Button
        variant="default"
        size="compact-xs"
        onClick={() => again.mutate(undefined)}
        disabled={again.isPending}
      >
        Send again
      </Button>
      {again.isError && <Failure what="It was not sent again:" error={again.error} />}
    </>
  );
}

/** `webhook to https://…; 3 wait, 1 given up` */
function noteOf({ kind, address: to, enabled, tells, waiting, failed }: Channel): string {
  const left = [waiting > 0 && `${waiting} wait`, failed > 0 && `${failed} given up`].filter(Boolean);
  const of = tells === 'audit_head' ? ', told where the audit log ends' : '';
  return `${kind} to ${to}${of}${enabled ? '' : ', switched off'}${left.length > 0 ? `; ${left.join(', ')}` : ''}`;
}

function DeliveryState({ delivery }: { delivery: Delivery }) {
  const state = { delivered: 'ok', waiting: 'warning', failed: 'failing' } as const;
  return (
    <span className={classes.state}>
      <StateMark state={state[delivery.state]} label={delivery.state} word={false} />
      {delivery.state}
      {delivery.state === 'waiting' && (
        <>
          , next try <Moment at={delivery.next_at} />
        </>
      )}
    </span>
  );
}
