import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { modelQuery } from '../api/queries.ts';
import type { Model } from '../api/types.ts';
import { zoomedOut } from '../charts/annotations.ts';
import { lastPreset } from '../time/presets.ts';
import {
  type Extent,
  HOUR,
  type Preset,
  type Range,
  type Resolved,
  rangeSearch,
  resolveRange,
  type TimeSearch,
} from '../time/range.ts';
import { useNow } from '../time/useNow.ts';
import { useZone } from '../time/zone.ts';

export function extentOf(model: Model | undefined): Extent {
  const ms = (text: string | null | undefined) => (text ? Date.parse(text) : null);
  return { first: ms(model?.first_event), last: ms(model?.last_event), bucket: model?.bucket_ms ?? HOUR };
}

export interface PageTime {
  readonly range: Resolved;
  readonly extent: Extent;
  /** What the URL says, to be kept by links. */
  readonly search: TimeSearch;
  readonly set: (range: Range) => void;
  readonly setPreset: (preset: Preset) => void;
  readonly zoomOut: () => void;
  /** Back to what suits the model; forgets what was chosen last. */
  readonly reset: () => void;
}

/** The time range of a page under a model; null until the model's extent is known. */
export function usePageTime(): PageTime | null {
  const { model } = useParams({ strict: false });
  const search = useSearch({ strict: false }) as TimeSearch;
  const navigate = useNavigate();
  const now = useNow();
  const zone = useZone();
  const last = lastPreset.use();
  const { data, isError } = useQuery({ ...modelQuery(model ?? ''), enabled: model !== undefined });
  const { preset, from, to } = search;
  return useMemo(() => {
    if (data === undefined && !isError) return null;
    const extent = extentOf(data);
    const kept = Object.fromEntries(
      Object.entries({ preset, from, to }).filter(([, value]) => value !== undefined),
    ) as TimeSearch;
    const go = (time: TimeSearch) =>
      void navigate({
        to: '.',
        search: (before: Record<string, unknown>) => {
          const { preset: _p, from: _f, to: _t, ...rest } = before;
          return { ...rest, ...time };
        },
      } as never);
    const range = resolveRange(kept, extent, now, { zone, last });
    return {
      range,
      extent,
      search: kept,
      set: (chosen) => go(rangeSearch(chosen)),
      setPreset(chosen) {
        lastPreset.set(chosen);
        go({ preset: chosen });
      },
      zoomOut: () => go(rangeSearch(zoomedOut(range, extent))),
      reset() {
        lastPreset.set('');
        go({});
      },
    };
  }, [data, isError, preset, from, to, now, zone, last, navigate]);
}
