import { useQuery } from '@tanstack/react-query';
import { responseFiguresQuery } from '../../api/queries.ts';
import { duration, NOTHING, percent, plural } from '../../number/format.ts';
import { Empty } from '../../ui/Empty.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { PlainTable } from '../../ui/PlainTable.tsx';
import { words } from '../metric.ts';

const time = (ms: number | null) => (ms === null ? NOTHING : duration(ms));

/** How soon incidents of the past 90 days were noticed, acknowledged and resolved, by model and by cause. */
export function Figures() {
  const figures = useQuery(responseFiguresQuery);
  return (
    <Loaded of={figures} what="The figures could not be read:" height={80}>
      {({ all, models, causes }) => {
        if (all.incidents === 0) return <Empty title="No incident opened in the past 90 days." />;
        const rows = [
          { key: 'all', name: 'All', ...all },
          ...models.map((row) => ({ key: `m ${row.model}`, ...row })),
          ...causes.map((row) => ({
            key: `c ${row.cause}`,
            ...row,
            name: row.cause === null ? 'no cause named' : words(row.cause),
          })),
        ];
        return (
          <PlainTable
            stack
            label="Times to detect, acknowledge and resolve"
            rows={rows}
            rowKey={({ key }) => key}
            columns={[
              { title: 'Model or cause', cell: ({ name }) => name },
              { title: 'Incidents', align: 'right', cell: ({ incidents }) => plural(incidents, 'incident') },
              { title: 'Noticed after', align: 'right', cell: ({ detect_ms }) => time(detect_ms) },
              {
                title: 'Acknowledged after',
                align: 'right',
                cell: ({ acknowledge_ms, acknowledged }) => `${time(acknowledge_ms)} (n = ${acknowledged})`,
              },
              {
                title: 'Resolved after',
                align: 'right',
                cell: ({ resolve_ms, resolved }) => `${time(resolve_ms)} (n = ${resolved})`,
              },
              {
                title: 'Clocks kept',
                align: 'right',
                cell: ({ kept }) => (kept === null ? NOTHING : percent(kept)),
              },
            ]}
          />
        );
      }}
    </Loaded>
  );
}
