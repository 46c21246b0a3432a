import { type UseQueryOptions, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Model } from '../../api/types.ts';
import { span } from '../../time/format.ts';
import type { Range } from '../../time/range.ts';
import { useZone } from '../../time/zone.ts';
import { Empty } from '../../ui/Empty.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { QuestionSkeleton } from '../../ui/Skeletons.tsx';
import { ModelHeader } from '../ModelHeader.tsx';
import type { PageTime } from '../useRange.ts';
import classes from './frame.module.css';
import { OfModel } from './OfModel.tsx';

/** The stretch of event time that an answer is about. */
interface Answer {
  readonly from: string;
  readonly to: string;
  /** Whether what was before in the range is left out. */
  readonly cut?: boolean;
}

/** What a page is given to tell. */
export interface Told<T> {
  readonly found: T;
  readonly model: Model;
  readonly time: PageTime;
  /** The answer's stretch in words. `1 – 30 Dec 2012` */
  readonly dates: string;
}

interface Props<T extends Answer> {
  /** The page's name beside the model's, as in its address. */
  readonly name: string;
  /** What could not be read, at the beginning of a sentence: "The segments". */
  readonly what: string;
  readonly ask: (model: string, range: Range) => UseQueryOptions<T, Error, T, readonly [string]>;
  /** Why there is nothing to tell of this model or range; null when there is. Predictions that are none say so by themselves. */
  readonly nothing?: (told: Told<T>) => ReactNode;
  readonly children: (told: Told<T>) => ReactNode;
}

/**
 * A page under a model that answers one question about a time range: who the model is, then the answer, and until it is there
 * its shape, or why it could not be read, or why there is nothing to tell.
 */
export function QuestionPage<T extends Answer>(props: Props<T>) {
  return (
    <OfModel skeleton={<QuestionSkeleton named />}>
      {(model, time) => <Question {...props} model={model} time={time} />}
    </OfModel>
  );
}

function Question<T extends Answer>(props: Props<T> & { model: Model; time: PageTime }) {
  const { name, what, ask, nothing, children, model, time } = props;
  const zone = useZone();
  const asked = useQuery(ask(model.id, time.range));
  const tell = (found: T): ReactNode => {
    const dates = span({ from: Date.parse(found.from), to: Date.parse(found.to) }, zone);
    const told = { found, model, time, dates };
    const lacking = nothing?.(told) ?? null;
    if (lacking !== null) return lacking;
    if ('predictions' in found && found.predictions === 0)
      return <Empty title={`No predictions ${dates}.`}>Choose a longer time range.</Empty>;
    return (
      <div className={classes.page}>
        {found.cut === true && (
          <p className={classes.quiet}>
            This is told of {dates} alone: the range that was asked for has more profiles than are read at
            once.
          </p>
        )}
        {children(told)}
      </div>
    );
  };
  return (
    <>
      <ModelHeader model={model} time={time.search} child={name} />
      <Loaded of={asked} what={`${what} could not be read:`} height={400} skeleton={<QuestionSkeleton />}>
        {tell}
      </Loaded>
    </>
  );
}
