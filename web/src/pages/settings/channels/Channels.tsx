import { useQuery } from '@tanstack/react-query';
import { channelsQuery } from '../../../api/queries.ts';
import { Empty } from '../../../ui/Empty.tsx';
import { Loaded } from '../../../ui/Loaded.tsx';
import { TableSkeleton } from '../../../ui/Skeletons.tsx';
import { useMay } from '../../useMay.ts';
import classes from '../settings.module.css';
import { NewChannel } from './NewChannel.tsx';
import { OneChannel } from './OneChannel.tsx';

export function Channels() {
  const channels = useQuery(channelsQuery);
  const may = useMay();
  return (
    <>
      <p className={classes.intro}>
        Where notifications of incidents are sent: all of them, or those that concern a team. A message that
        cannot be delivered is tried again for a day, messages about one incident keep their order, and every
        message is listed here. What happened in a day or a week is sent as a digest, at a time of day.
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
              Nobody is notified of incidents until there is a channel. Mail, chats, pagers and webhooks can
              be told.
            </Empty>
          ) : (
            items.map((channel) => <OneChannel key={channel.id} channel={channel} />)
          )
        }
      </Loaded>
    </>
  );
}
