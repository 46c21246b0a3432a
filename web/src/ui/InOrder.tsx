import { Fragment, type ReactNode } from 'react';
import { useSteps } from './useSteps.ts';

export interface Part {
  readonly key: string;
  /** What it shows is known, so that it has its size. */
  readonly ready: boolean;
  readonly shown: ReactNode;
}

interface Props {
  readonly parts: readonly Part[];
  /** Stands for all that is not there yet. */
  readonly rest: ReactNode;
}

/**
 * Parts of a page from the top down: each comes when it and all before it are ready, so that nothing moves that somebody
 * reads already; one after the other, so that what has come can be used while the rest is drawn.
 */
export function InOrder({ parts, rest }: Props) {
  const missing = parts.findIndex(({ ready }) => !ready);
  const shown = useSteps(missing === -1 ? parts.length : missing, parts.length);
  const there = parts.slice(0, shown);
  return (
    <>
      {there.map(({ key, shown }) => (
        <Fragment key={key}>{shown}</Fragment>
      ))}
      {/* Another one each time: it does not move, it is replaced. */}
      {shown < parts.length && (
        <div key={`before ${shown}`} role="status" aria-label="Loading">
          {rest}
        </div>
      )}
    </>
  );
}
