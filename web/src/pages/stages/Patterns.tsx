import { useQuery } from '@tanstack/react-query';
import { stagePatternsQuery } from '../../api/stage-queries.ts';
import type { Model, StagePattern, StagePatterns } from '../../api/types.ts';
import { count, plural } from '../../number/format.ts';
import { moment } from '../../time/format.ts';
import type { Range } from '../../time/range.ts';
import { useZone } from '../../time/zone.ts';
import { Loaded } from '../../ui/Loaded.tsx';
import { PlainTable } from '../../ui/PlainTable.tsx';
import { TableSkeleton } from '../../ui/Skeletons.tsx';
import { Sparkline } from '../../ui/Sparkline.tsx';
import classes from './stages.module.css';

interface Props {
  readonly model: Model;
  readonly range: Range;
  /** When the newest incident of the range began; undefined where there is none. */
  readonly since: string | undefined;
}

/** What the stages say, by template; those that were not there before an incident began come first. */
export function Patterns({ model, range, since }: Props) {
  const zone = useZone();
  const asked = useQuery(stagePatternsQuery(model.id, range, since));
  return (
    <section aria-label="What they say">
      <h2>What they say</h2>
      <Loaded
        of={asked}
        what="The patterns could not be read:"
        height={200}
        skeleton={<TableSkeleton rows={6} height={32} />}
      >
        {(found) => (
          <>
            <p>{sentenceOf(found, since === undefined ? undefined : moment(Date.parse(since), zone))}</p>
            {found.items.length > 0 && <Table found={found} />}
          </>
        )}
      </Loaded>
    </section>
  );
}

function sentenceOf({ items, records, complete }: StagePatterns, since: string | undefined): string {
  const fresh = items.filter((item) => item.new).length;
  return [
    `${plural(records, 'line')}, ${plural(items.length, 'template')}; <*> stands for what differs.`,
    since === undefined ? '' : `${count(fresh)} of them are new since an incident began, ${since}.`,
    complete
      ? ''
      : 'There are more different lines than are looked at: new and frequent ones are among these.',
  ]
    .filter((part) => part !== '')
    .join(' ');
}

function Table({ found }: { found: StagePatterns }) {
  return (
    <PlainTable<StagePattern>
      label="Templates"
      rows={found.items.slice(0, 50)}
      rowKey={({ template }, index) => `${index} ${template}`}
      columns={[
        {
          title: 'Template',
          cell: (row) => (
            <>
              {row.new && <strong className={classes.new}>new </strong>}
              <code className={classes.line} title={row.example}>
                {row.template}
              </code>
            </>
          ),
        },
        { title: 'Stages', cell: (row) => row.stages.join(', ') },
        { title: 'Level', cell: (row) => row.level },
        { title: 'Lines', align: 'right', value: (row) => row.count, cell: (row) => count(row.count) },
        {
          title: 'Over time',
          cell: (row) => <Sparkline area label="Lines over time" values={row.counts} />,
        },
      ]}
    />
  );
}
