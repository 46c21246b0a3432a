import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { address } from '../../../../api/address.ts';
import { api } from '../../../../api/client.ts';
import { digestsQuery, fleetQuery } from '../../../../api/queries.ts';
import type { Channel, Delivery, Digest } from '../../../../api/types.ts';
import { Ask } from '../../../../ui/Ask.tsx';
import { Failure } from '../../../../ui/Failure.tsx';
import { Loaded } from '../../../../ui/Loaded.tsx';
import { Moment } from '../../../../ui/Moment.tsx';
import { useMay } from '../../../useMay.ts';
import classes from '../../settings.module.css';
import { useChange } from '../../useChange.ts';
import { DigestForm } from './DigestForm.tsx';
import { DigestPreview } from './DigestPreview.tsx';
import own from './digests.module.css';
import { aboutWords, whenWords } from './words.ts';

const TITLE = { daily: 'Daily digest', weekly: 'Weekly digest' } as const;

/** The digests that a channel gets. `editing`: the form that gives it one, or changes one, is open. */
export function ChannelDigests({
  channel,
  editing,
  done,
}: {
  channel: Channel;
  editing: boolean;
  done: () => void;
}) {
  const digests = useQuery(digestsQuery);
  return (
    <Loaded of={digests} what="The digests could not be read:" height={24}>
      {({ items }) => {
        const mine = items.filter((digest) => digest.channel === channel.id);
        return (
          <>
            {editing && <DigestForm channel={channel} digests={mine} done={done} />}
            {mine.map((digest) => (
              <OneDigest key={digest.every} digest={digest} />
            ))}
          </>
        );
      }}
    </Loaded>
  );
}

function OneDigest({ digest }: { digest: Digest }) {
  const { channel, channel_name, every, zone, only, next_at } = digest;
  const may = useMay();
  const models = useQuery(fleetQuery);
  const [looking, setLooking] = useState(false);
  const params = { id: channel, every };
  const send = useChange(
    () => api.post<Delivery>(address('/channels/:id/digests/:every/send', params)),
    address('/channels'),
  );
  const remove = useChange(
    () => api.remove(address('/channels/:id/digests/:every', params)),
    address('/digests'),
  );
  const nameOf = (model: string) => models.data?.items.find(({ id }) => id === model)?.name ?? model;
  return (
    <section className={own.digest} aria-label={`${TITLE[every]} of ${channel_name}`}>
      <p className={own.line}>
        <span>
          <b>{TITLE[every]}</b> {whenWords(digest)}, {aboutWords(only, nameOf)};{' '}
          {next_at === null ? (
            'none while the channel is switched off'
          ) : (
            <>
              next <Moment at={next_at} />
            </>
          )}
        </span>
        <span className={classes.buttons}>
          <Button
            variant="default"
            size="compact-xs"
            aria-expanded={looking}
            onClick={() => setLooking(!looking)}
          >
            {looking ? 'Hide the preview' : 'Preview'}
          </Button>
          {may.write && (
            <Button
              variant="default"
              size="compact-xs"
              disabled={send.isPending}
              onClick={() => send.mutate(undefined)}
            >
              Send now
            </Button>
          )}
          {may.admin && (
            <Ask
              label="End"
              name={`End the ${every} digest of ${channel_name}`}
              title={`Send ${channel_name} no ${every} digest any more?`}
              yes="End the digest"
              failed="The digest was not ended:"
              change={remove}
            >
              <p>What the channel is told of besides stays as it is.</p>
            </Ask>
          )}
        </span>
      </p>
      {send.isSuccess && <p className={own.note}>On its way: it stands among the deliveries below.</p>}
      {send.isError && <Failure what="It was not sent:" error={send.error} />}
      {looking && <DigestPreview question={{ every, zone, channel, only }} />}
    </section>
  );
}
