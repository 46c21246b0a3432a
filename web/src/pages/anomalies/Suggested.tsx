import { Button } from '@mantine/core';
import { address } from '../../api/address.ts';
import { api } from '../../api/client.ts';
import type { Anomalies, Monitor } from '../../api/types.ts';
import { interval } from '../../number/format.ts';
import { Failure } from '../../ui/Failure.tsx';
import { reasonWords } from '../../ui/reason.ts';
import { useKinds } from '../kinds.ts';
import { Preview } from '../settings/Preview.tsx';
import { useChange } from '../settings/useChange.ts';
import { useMay } from '../useMay.ts';

const NO_LEVELS: Readonly<Record<string, string>> = {
  constant: 'It was the same at all times, so its past suggests no levels.',
  not_enough_data: 'Levels are suggested once it has seven days of values.',
};

/** The thresholds that the series suggests, and the monitor that would watch it. */
export function Suggested({ found, model }: { readonly found: Anomalies; readonly model: string }) {
  const may = useMay();
  const kind = useKinds().all.find(({ options }) => 'series' in ((options.properties ?? {}) as object))?.id;
  const { series, suggested, suggested_threshold: threshold, unit } = found;
  const options = { series, threshold: Math.max(2, threshold) };
  const create = useChange(
    () => api.post<Monitor>(address('/monitors'), { model, kind, options }),
    address('/monitors'),
  );
  return (
    <section aria-label="Suggested thresholds">
      <p>
        {suggested.reason === null
          ? `Levels that its past passed at most once a month: ${interval(suggested.low, suggested.high, unit)}.`
          : (NO_LEVELS[suggested.reason] ??
            `No levels can be suggested: ${reasonWords(suggested.reason)}.`)}{' '}
        A monitor would alert when it lies {options.threshold} margins outside of all that it has been.{' '}
        {kind !== undefined && <Preview trial={{ model, kind, options }} />}
      </p>
      {may.write && (
        <Button
          size="compact-sm"
          w="fit-content"
          disabled={create.isPending || create.isSuccess}
          onClick={() => create.mutate()}
        >
          {create.isSuccess ? 'It is watched' : 'Watch this series'}
        </Button>
      )}
      {create.isError && <Failure what="No monitor was added:" error={create.error} />}
    </section>
  );
}
