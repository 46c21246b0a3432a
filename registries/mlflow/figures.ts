import type { Alert } from '../../contract/alert.ts';
import type { ModelSummary } from '../../contract/model.ts';
import type { VersionList } from '../../contract/version-list.ts';
import type { Figures } from './write-back.ts';

/**
 * What is written back of each version that answered in the range of a list: its own quality; drift and incidents are those of the model. `alerts`:
 * of drift, that fire now; `link`: where people look at the model. Pure.
 */
export function figuresOf(
  { items, metric }: Pick<VersionList, 'items' | 'metric'>,
  { open_incidents: { P1, P2, P3 } }: Pick<ModelSummary, 'open_incidents'>,
  alerts: readonly Pick<Alert, 'column'>[],
  link: string,
): ReadonlyMap<string, Figures> {
  const drifting = [...new Set(alerts.map(({ column }) => column))].filter((name) => name !== '').sort();
  return new Map(
    items.map(({ version, quality }) => [
      version,
      {
        quality:
          metric === null || quality.value === null ? null : { metric: metric.id, value: quality.value },
        ...{ drifting, incidents: P1 + P2 + P3, link },
      },
    ]),
  );
}
