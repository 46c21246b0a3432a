import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { address } from '../../api/address.ts';
import { api } from '../../api/client.ts';
import { silencesQuery } from '../../api/queries.ts';
import type { Silence } from '../../api/types.ts';
import { plural } from '../../number/format.ts';
import { Empty } from '../../ui/Empty.tsx';
import { Failure } from '../../ui/Failure.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { Moment } from '../../ui/Moment.tsx';
import { PlainTable } from '../../ui/PlainTable.tsx';
import { useChange } from '../settings/useChange.ts';
import { useMay } from '../useMay.ts';
import { matcherWords } from './matchers.ts';
import { NewSilence } from './NewSilence.tsx';
import classes from './on-call.module.css';

/** What nobody is told of, until when and why; and a form that shows what a new silence would have kept from people. */
export function Silences() {
  const silences = useQuery(silencesQuery);
  const may = useMay();
  return (
    <>
      {may.write && <NewSilence />}
      <Loaded of={silences} what="The silences could not be read:" height={80}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title="Nothing is silenced." />
          ) : (
            <PlainTable
              stack
              label="Silences"
              rows={items}
              rowKey={({ id }) => id}
              columns={[
                { title: 'State', cell: ({ state }) => state },
                { title: 'Holds for', cell: ({ matchers }) => matcherWords(matchers) },
                { title: 'Why', cell: ({ comment, created_by }) => `${comment} (${created_by})` },
                {
                  title: 'When',
                  cell: ({ starts_at, ends_at, hours }) => (
                    <span>
                      <Moment at={starts_at} /> to <Moment at={ends_at} />
                      {hours !== null && `, ${hours.from} to ${hours.to} ${hours.zone}`}
                    </span>
                  ),
                },
                {
                  title: 'Silenced now',
                  align: 'right',
                  cell: ({ silenced }) => plural(silenced, 'incident'),
                },
                {
                  title: '',
                  cell: (silence) => may.write && silence.state !== 'over' && <End silence={silence} />,
                },
              ]}
            />
          )
        }
      </Loaded>
    </>
  );
}

function End({ silence: { id } }: { silence: Silence }) {
  const end = useChange(() => api.remove(address('/silences/:id', { id })), address('/silences'));
  return (
    <span className={classes.end}>
      <Button
        variant="default"
        size="compact-xs"
        onClick={() => end.mutate(undefined)}
        disabled={end.isPending}
      >
        End it now
      </Button>
      {end.isError && <Failure what="It was not ended:" error={end.error} />}
    </span>
  );
}
