import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { address } from '../../../api/address.ts';
import { api } from '../../../api/client.ts';
import { channelKindsQuery, deliveriesQuery, fleetQuery } from '../../../api/queries.ts';
import type { Channel, Delivery } from '../../../api/types.ts';
import { paths } from '../../../paths.ts';
import { Ask } from '../../../ui/Ask.tsx';
import { Empty } from '../../../ui/Empty.tsx';
import { Failure } from '../../../ui/Failure.tsx';
import { Loaded } from '../../../ui/Loaded.tsx';
import { Moment } from '../../../ui/Moment.tsx';
import { Panel } from '../../../ui/Panel.tsx';
import { PlainTable } from '../../../ui/PlainTable.tsx';
import { StateMark } from '../../../ui/StateMark.tsx';
import { words } from '../../metric.ts';
import { useMay } from '../../useMay.ts';
import classes from '../settings.module.css';
import { useChange } from '../useChange.ts';
import { ChannelDigests } from './digests/ChannelDigests.tsx';
import { LimitFields, type Limits, limitWords } from './LimitFields.tsx';
import { OnlyFields } from './OnlyFields.tsx';
import { onlySentence } from './only.ts';

export function OneChannel({ channel }: { channel: Channel }) {
  const id = channel.id;
  const may = useMay();
  const deliveries = useQuery(deliveriesQuery(id));
  const test = useChange(
    () => api.post<Delivery>(address('/channels/:id/test', { id })),
    address('/channels'),
  );
  const [choosing, setChoosing] = useState(false);
  const [digesting, setDigesting] = useState(false);
  const kinds = useQuery(channelKindsQuery);
  const models = useQuery(fleetQuery);
  const kind = kinds.data?.items.find((kind) => kind.id === channel.kind);
  const title = kind?.title ?? channel.kind;
  const takesDigests = channel.tells !== 'audit_head' && kind?.tells.includes('digests') === true;
  const nameOf = (model: string) => models.data?.items.find(({ id }) => id === model)?.name ?? model;
  const note = noteOf(channel, title, onlySentence(channel.only, nameOf));
  const toggle = useChange(
    () => api.patch<Channel>(address('/channels/:id', { id }), { enabled: !channel.enabled }),
    address('/channels'),
  );
  const remove = useChange(() => api.remove(address('/channels/:id', { id })), address('/channels'));
  return (
    <Panel
      title={channel.name}
      note={note}
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
            {may.admin && channel.tells === 'incidents' && (
              <Button
                variant="default"
                size="compact-xs"
                onClick={() => setChoosing(!choosing)}
                aria-expanded={choosing}
              >
                Which and when
              </Button>
            )}
            {may.admin && takesDigests && (
              <Button
                variant="default"
                size="compact-xs"
                onClick={() => setDigesting(!digesting)}
                aria-expanded={digesting}
              >
                Digests
              </Button>
            )}
            {may.admin && (
              <Button
                variant="default"
                size="compact-xs"
                onClick={() => toggle.mutate(undefined)}
                disabled={toggle.isPending}
              >
                {channel.enabled ? 'Switch off' : 'Switch on'}
              </Button>
            )}
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
      {choosing && <WhichIncidents channel={channel} done={() => setChoosing(false)} />}
      {takesDigests && (
        <ChannelDigests channel={channel} editing={digesting} done={() => setDigesting(false)} />
      )}
      {toggle.isError && <Failure what="It was not switched:" error={toggle.error} />}
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
                    if (event === 'digest') return 'none: a digest';
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

/** Which incidents it is told of from now on. */
function WhichIncidents({ channel, done }: { channel: Channel; done: () => void }) {
  const [only, setOnly] = useState(channel.only);
  const [limits, setLimits] = useState<Limits>({ quiet: channel.quiet, per_hour: channel.per_hour });
  const save = useChange(
    () => api.patch<Channel>(address('/channels/:id', { id: channel.id }), { only, ...limits }),
    address('/channels'),
  );
  return (
    <form
      className={classes.form}
      aria-label={`Which incidents ${channel.name} is told of`}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(undefined, { onSuccess: done });
      }}
    >
      <OnlyFields only={only} change={setOnly} />
      <LimitFields limits={limits} change={setLimits} />
      <Button type="submit" disabled={save.isPending}>
        Save
      </Button>
      <Button variant="default" onClick={done}>
        Leave it
      </Button>
      {save.isError && <Failure what="It was not changed:" error={save.error} />}
    </form>
  );
}

const TOLD = { digests: 'nothing but digests', audit_head: 'where the audit log ends' } as const;

/** `Webhook to https://…, told of P1; 3 wait, 1 given up` */
function noteOf(
  { address: to, enabled, tells, waiting, failed, ...limits }: Channel,
  title: string,
  only: string,
): string {
  const left = [waiting > 0 && `${waiting} wait`, failed > 0 && `${failed} given up`].filter(Boolean);
  const of = tells === 'incidents' ? (only === '' ? '' : `, told of ${only}`) : `, told ${TOLD[tells]}`;
  return `${title} to ${to}${of}${limitWords(limits)}${enabled ? '' : ', switched off'}${left.length > 0 ? `; ${left.join(', ')}` : ''}`;
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
