import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { modelQuery } from '../../api/queries.ts';
import type { Model } from '../../api/types.ts';
import { Loaded } from '../../ui/Loaded.tsx';
import { type PageTime, usePageTime } from '../useRange.ts';

interface Props {
  /** The shape of the page, until it is known which model and which time it shows. */
  readonly skeleton: ReactNode;
  readonly children: (model: Model, time: PageTime) => ReactNode;
}

/** A page under a model: the model of its address, and the time range that the address and the model give. */
export function OfModel({ skeleton, children }: Props) {
  const { model: id = '' } = useParams({ strict: false });
  const model = useQuery(modelQuery(id));
  const time = usePageTime();
  return (
    <Loaded of={model} what={`The model ${id} could not be read:`} height={600} skeleton={skeleton}>
      {(found) => (time === null ? skeleton : children(found, time))}
    </Loaded>
  );
}
