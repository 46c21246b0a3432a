import { useMemo } from 'react';
import type { Explanation, Model } from '../../api/types.ts';
import { TimeRow } from '../../charts/TimeRow.tsx';
import { ModelStack } from '../frame/ModelStack.tsx';
import type { PageTime } from '../useRange.ts';

/** How alike the ranking of each step is to that of the whole range. */
export function RankingOverTime({
  explanation: { ranking_path },
  model,
  time,
}: {
  explanation: Explanation;
  model: Model;
  time: PageTime;
}) {
  const lines = useMemo(
    () => [
      {
        name: 'nDCG',
        part: 'current' as const,
        points: ranking_path.map(({ time, value, n }) => ({
          ...{ time: Date.parse(time), value, low: null, high: null, n, status: 'ok' },
        })),
      },
    ],
    [ranking_path],
  );
  const name = 'Ranking of each step beside that of the whole range, nDCG';
  return (
    <ModelStack model={model.id} time={time}>
      <TimeRow title={name} name={name} lines={lines} unit="" merge="none" zero={false} />
    </ModelStack>
  );
}
