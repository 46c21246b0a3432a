import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useMemo } from 'react';
import { changesQuery, incidentsWithin } from '../../api/queries.ts';
import { TimeStack } from '../../charts/TimeStack.tsx';
import { bandsOf, marksOf } from '../annotations.ts';
import type { PageTime } from '../useRange.ts';

/** What happened to a model in the page's range, as its charts show it: incidents as bands, deploys and other changes as lines. */
export function useAnnotations(model: string, { range, extent }: PageTime) {
  const incidents = useQuery(incidentsWithin(model, range));
  const changes = useQuery(changesQuery(range, model));
  const bands = useMemo(
    () => bandsOf(incidents.data?.items ?? [], extent.last),
    [incidents.data, extent.last],
  );
  const marks = useMemo(() => marksOf(changes.data?.items ?? []), [changes.data]);
  return { incidents, changes, bands, marks };
}

/** Charts of a model under one time axis, with what happened to it. Dragging sets the range of the page. */
export function ModelStack({
  model,
  time,
  children,
}: {
  model: string;
  time: PageTime;
  children: ReactNode;
}) {
  const { bands, marks } = useAnnotations(model, time);
  return (
    <TimeStack range={time.range} extent={time.extent} onRange={time.set} changes={marks} incidents={bands}>
      {children}
    </TimeStack>
  );
}
