import { useQuery } from '@tanstack/react-query';
import { incidentsWithin } from '../../api/queries.ts';
import { stagesQuery } from '../../api/stage-queries.ts';
import type { StageSummaries, StageSummary } from '../../api/types.ts';
import { count, duration, percent, plural } from '../../number/format.ts';
import { Empty } from '../../ui/Empty.tsx';
import { PlainTable } from '../../ui/PlainTable.tsx';
import { Sparkline } from '../../ui/Sparkline.tsx';
import { QuestionPage, type Told } from '../frame/QuestionPage.tsx';
import { Patterns } from './Patterns.tsx';
import { Records } from './Records.tsx';

/** What the pipeline of a model says of itself: how each stage does, what they say, and the newest records. */
export function StagesPage() {
  return (
    <QuestionPage name="stages" what="The stages" ask={stagesQuery} nothing={nothing}>
      {(told) => <Stages {...told} />}
    </QuestionPage>
  );
}

function nothing({ found, dates }: Told<StageSummaries>) {
  if (found.items.length > 0) return null;
  return (
    <Empty title={`No stage of the pipeline sent anything ${dates}.`}>
      Send a record when a load, a job or a training run ends: <code>POST /api/v1/stages</code>, or point the
      log shipper at <code>/api/v1/elasticsearch</code>.
    </Empty>
  );
}

function Stages({ found, model, time, dates }: Told<StageSummaries>) {
  const { range } = time;
  const incidents = useQuery(incidentsWithin(model.id, range)).data?.items ?? [];
  // Of those of the range the one that began last: what is new since then may be why.
  const began = incidents
    .map(({ opened_at }) => opened_at)
    .sort()
    .at(-1);
  const all = found.items.reduce((sum, { records }) => sum + records, 0);
  return (
    <>
      <section aria-label="How the stages do">
        <h2>How the stages do</h2>
        <p>
          {plural(all, 'record')} {dates}.
        </p>
        <Summary found={found} />
      </section>
      <Patterns model={model} range={range} since={began} />
      <Records model={model} range={range} />
    </>
  );
}

function Summary({ found: { items, from, to, step_ms } }: { found: StageSummaries }) {
  const steps = Math.round((Date.parse(to) - Date.parse(from)) / step_ms);
  const line = (
    { points }: StageSummary,
    value: (point: StageSummary['points'][number]) => number | null,
  ) => {
    const values = new Array<number | null>(steps).fill(null);
    for (const point of points)
      values[Math.round((Date.parse(point.time) - Date.parse(from)) / step_ms)] = value(point);
    return values;
  };
  return (
    <PlainTable
      label="Stages"
      rows={items}
      rowKey={({ stage }) => stage}
      columns={[
        { title: 'Stage', cell: ({ stage }) => stage },
        { title: 'Records', align: 'right', value: (row) => row.records, cell: (row) => count(row.records) },
        {
          title: `Records each ${duration(step_ms)}`,
          cell: (row) => (
            <Sparkline
              area
              label={`Records of ${row.stage} over time`}
              values={line(row, ({ records }) => records).map((n) => n ?? 0)}
            />
          ),
        },
        {
          title: 'Errors',
          align: 'right',
          value: (row) => row.errors,
          cell: (row) => `${count(row.errors)} (${percent(row.errors / row.records)})`,
        },
        {
          title: 'Rows',
          align: 'right',
          value: (row) => row.rows,
          cell: (row) => (row.rows === null ? '–' : count(row.rows)),
        },
        {
          title: 'Took, p50 and p95',
          align: 'right',
          value: (row) => row.duration?.p95 ?? null,
          cell: ({ duration: took }) =>
            took === null
              ? '–'
              : `${milliseconds(took.p50)}, ${milliseconds(took.p95)} (n = ${count(took.n)})`,
        },
        {
          title: 'p95 over time',
          cell: (row) =>
            row.duration === null ? (
              '–'
            ) : (
              <Sparkline label={`p95 of ${row.stage} over time`} values={line(row, ({ p95 }) => p95)} />
            ),
        },
        {
          title: 'Newest record',
          align: 'right',
          value: (row) => row.age_ms,
          cell: (row) => `${duration(row.age_ms)} ago`,
        },
      ]}
    />
  );
}

const milliseconds = (ms: number) => (ms < 1000 ? `${Math.round(ms)} ms` : duration(ms));
