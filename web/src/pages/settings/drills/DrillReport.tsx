import { useQuery } from '@tanstack/react-query';
import { drillQuery, drillReportOf } from '../../../api/queries.ts';
import type { DrillDetail, DrillScore, DrillShare } from '../../../api/types.ts';
import { Intervals } from '../../../charts/Intervals.tsx';
import { count, percent, plural } from '../../../number/format.ts';
import { Loaded } from '../../../ui/Loaded.tsx';
import { Moment } from '../../../ui/Moment.tsx';
import { Panel } from '../../../ui/Panel.tsx';
import { PlainTable } from '../../../ui/PlainTable.tsx';
import { words } from '../../metric.ts';
import { Outcomes } from './Outcomes.tsx';
import { intervalOf, shareText } from './share.ts';

/** One drill: what was found and how soon, which causes were named, what confidence is worth, what should not have been told. */
export function DrillReport({ id }: { id: string }) {
  const drill = useQuery(drillQuery(id));
  return (
    <Loaded of={drill} what="The drill could not be read:" height={600}>
      {(found) => <Report drill={found} />}
    </Loaded>
  );
}

function Report({ drill }: { drill: DrillDetail }) {
  const { id, about, by, at, version, rows, figures, outcomes } = drill;
  const { all, by_fault, by_shape, confidence, clean, blamed } = figures;
  const planted = outcomes.filter(({ fault }) => fault !== null);
  return (
    <>
      <p>
        {about}: {plural(planted.length, 'planted fault')}, {count(rows)} predictions an hour. Run by {by},{' '}
        <Moment at={at} />, Tiltmeter {version}.{' '}
        <a href={drillReportOf(id)} download={`drill-${id}.md`}>
          Download the report
        </a>
      </p>
      <Panel
        title="What was found"
        note="shares with 95 % intervals; causes, incidents and messages of what was found"
      >
        <Intervals
          title="Of all planted faults"
          axis={percent}
          off=""
          mark={null}
          rows={[
            intervalOf('found', all.found),
            intervalOf('right cause first', all.first),
            intervalOf('among the first three', all.top_three),
            intervalOf('one incident', all.one_incident),
            intervalOf('at most two messages', all.two_messages),
          ]}
        />
        <p>
          {all.delay === null
            ? 'Nothing was found. '
            : `Half were decided within ${plural(all.delay, 'bucket')} of an hour. `}
          {clean.replays === 0
            ? 'No replay was without a fault.'
            : `${plural(clean.incidents, 'incident')} in ${plural(clean.replays, 'replay')} in which nothing broke (${count(clean.buckets)} hours).`}{' '}
          {plural(clean.early, 'incident')} opened before the fault.
          {blamed.of > 0 && ` An innocent deployment was named as the cause in ${shareText(blamed)}.`}
        </p>
      </Panel>
      <Panel
        title="How much confidence is worth"
        note="of causes named first with so much confidence, how many were right"
      >
        <Intervals
          title="Share that was right, by the confidence that was told"
          axis={percent}
          off="the interval leaves out what was told"
          mark={null}
          rows={confidence
            .filter(({ right }) => right.of > 0)
            .map(({ from, to, right }) => ({
              ...intervalOf(`${percent(from)} to ${percent(to)}`, right),
              off: (right.high ?? 1) < from || (right.low ?? 0) > to,
            }))}
        />
      </Panel>
      <Panel title="By kind of fault" note={`${plural(by_fault.length, 'kind')}, and by shape`}>
        <Scores rows={[...by_fault, ...by_shape]} />
      </Panel>
      <Panel title="Every fault" note={plural(planted.length, 'replay')}>
        <Outcomes outcomes={planted} />
      </Panel>
    </>
  );
}

const SHARES: readonly (readonly [string, (score: DrillScore) => DrillShare])[] = [
  ['Found', ({ found }) => found],
  ['Right cause first', ({ first }) => first],
  ['In the first three', ({ top_three }) => top_three],
  ['One incident', ({ one_incident }) => one_incident],
  ['At most two messages', ({ two_messages }) => two_messages],
];

function Scores({ rows }: { rows: readonly DrillScore[] }) {
  return (
    <PlainTable
      label="Figures by kind of fault and by shape"
      rows={rows}
      rowKey={({ name }) => name}
      stack
      columns={[
        { title: 'Fault', value: ({ name }) => name, cell: ({ name }) => words(name) },
        {
          title: 'Median delay, buckets',
          align: 'right',
          value: ({ delay }) => delay,
          cell: ({ delay }) => delay ?? '–',
        },
        ...SHARES.map(([title, of]) => ({
          title,
          align: 'right' as const,
          value: (score: DrillScore) => of(score).value,
          cell: (score: DrillScore) => `${of(score).n} of ${of(score).of}`,
        })),
      ]}
    />
  );
}
