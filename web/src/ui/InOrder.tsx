import { Fragment, type ReactNode, useRef } from 'react';
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
 * reads already; one after the other, so that what has come can be used while the rest is drawn. What is far below the window
 * comes when the reader does, or searches the page, or prints it.
 */
export function InOrder({ parts, rest }: Props) {
  const missing = parts.findIndex(({ ready }) => !ready);
  const before = useRef<HTMLDivElement>(null);
  const ready = missing === -1 ? parts.length : missing;
  const shown = useSteps(ready, before);
  const there = parts.slice(0, shown);
  return (
    <>
      {there.map(({ key, shown }) => (
        <Fragment key={key}>{shown}</Fragment>
      ))}
      {/* Another one each time: it does not move, it is replaced. What only waits for the reader does not load. */}
      {shown < parts.length && (
        <div
          key={`before ${shown}`}
          ref={before}
          {...(shown === ready ? { role: 'status', 'aria-label': 'Loading' } : { 'aria-hidden': true })}
        >
          {rest}
        </div>
      )}
    </>
  );
}
