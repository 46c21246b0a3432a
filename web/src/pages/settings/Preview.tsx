import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { address } from '../../api/address.ts';
import { api } from '../../api/client.ts';
import type { Monitor, MonitorPreview } from '../../api/types.ts';
import classes from './settings.module.css';

interface Props {
  readonly trial: Pick<Monitor, 'model' | 'kind' | 'options'>;
}

/** How often a monitor that is not made yet would have fired, or why it cannot be. */
export function Preview({ trial }: Props) {
  const [asked] = useDebouncedValue(trial, 300, { leading: false });
  const preview = useQuery({
    queryKey: ['preview', asked] as const,
    queryFn: () => api.post<MonitorPreview>(address('/monitors/preview'), asked),
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: 60_000,
  });
  if (preview.isError)
    return (
      <span className={classes.wrong} role="alert">
        {preview.error.message}
      </span>
    );
  return (
    <span className={classes.preview} role="status">
      {preview.data === undefined ? 'Trying it on the last 30 days …' : preview.data.sentence}
    </span>
  );
}
