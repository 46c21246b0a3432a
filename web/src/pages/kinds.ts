import { useSuspenseQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { kindsQuery } from '../api/queries.ts';
import type { Alert, MonitorKind } from '../api/types.ts';
import { words } from './metric.ts';

/** The server's table of kinds of monitor, in the order in which they are told. */
export interface Kinds {
  readonly all: readonly MonitorKind[];
  /** Undefined for a kind that the server's version does not know. */
  of(id: string): MonitorKind | undefined;
  /** As it is said within a sentence: `missing values`. */
  name(id: string): string;
  /** Its place in the table; unknown ones come last. */
  rank(id: string): number;
}

export function kindTable(all: readonly MonitorKind[]): Kinds {
  const byId = new Map(all.map((kind, place) => [kind.id, { kind, place }]));
  return {
    all,
    of: (id) => byId.get(id)?.kind,
    name: (id) => lowered(byId.get(id)?.kind.title ?? words(id)),
    rank: (id) => byId.get(id)?.place ?? all.length,
  };
}

/** The table, which the frame of every page has read before. */
export function useKinds(): Kinds {
  const { data } = useSuspenseQuery(kindsQuery);
  return useMemo(() => kindTable(data.items), [data]);
}

/** `Missing values` → `missing values`; an acronym stays one. */
export function lowered(title: string): string {
  return /^[A-Z][a-z]/.test(title) ? title.slice(0, 1).toLowerCase() + title.slice(1) : title;
}

/** Whether what it measures gets better upwards, so that a chart need not begin at zero. */
export function isQuality(kinds: Kinds, { kind }: Pick<Alert, 'kind'>): boolean {
  return kinds.of(kind)?.harm === 'quality';
}
