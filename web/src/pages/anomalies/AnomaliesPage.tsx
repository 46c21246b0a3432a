import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback } from 'react';
import { anomaliesQuery, signalsQuery } from '../../api/queries.ts';
import type { Anomalies } from '../../api/types.ts';
import type { Range } from '../../time/range.ts';
import { Empty } from '../../ui/Empty.tsx';
import { QuestionPage, type Told } from '../frame/QuestionPage.tsx';
import { useKinds } from '../kinds.ts';
import { FoundTable } from './FoundTable.tsx';
import { SeriesCharts } from './SeriesCharts.tsx';
import { Suggested } from './Suggested.tsx';
import { seriesOf } from './series-of.ts';

const route = getRouteApi('/shell/models/$model/anomalies');

/** What is looked at while nobody has chosen. */
const FIRST = 'volume/count';

/** What was unusual in one signal of a model: the signal with its forecast, its anomalies and changes. */
export function AnomaliesPage() {
  const { series = FIRST } = route.useSearch();
  const ask = useCallback((model: string, range: Range) => anomaliesQuery(model, range, series), [series]);
  return (
    <QuestionPage name="anomalies" what="The series" ask={ask}>
      {(told) => <SeriesFound {...told} series={series} />}
    </QuestionPage>
  );
}

function SeriesFound({ found, model, time, dates, series }: Told<Anomalies> & { readonly series: string }) {
  const kinds = useKinds();
  const navigate = route.useNavigate();
  const signals = useQuery(signalsQuery(model.id, time.range, { points: 1 }));
  const named = new Map([[series, series], ...seriesOf(signals.data?.items ?? [], kinds)]);
  const name = named.get(series) ?? series;
  return (
    <>
      <Select
        label="Series"
        searchable
        allowDeselect={false}
        maw={420}
        data={[...named].map(([value, label]) => ({ value, label }))}
        value={series}
        onChange={(chosen) =>
          void navigate({ search: (old) => ({ ...old, series: chosen ?? FIRST }) as never, replace: true })
        }
      />
      {found.points.length === 0 ? (
        <Empty title={`${name} has no values ${dates}.`}>
          Choose another series, or a longer time range.
        </Empty>
      ) : (
        <>
          <SeriesCharts found={found} name={name} model={model.id} time={time} />
          <FoundTable found={found} name={name} />
          <Suggested found={found} model={model.id} />
        </>
      )}
    </>
  );
}
