import { Fragment, type ReactNode } from 'react';

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
 * reads already.
 */
export function InOrder({ parts, rest }: Props) {
  const missing = parts.findIndex(({ ready }) => !ready);
  const there = missing === -1 ? parts : parts.slice(0, missing);
  return (
    <>
      {there.map(({ key, shown }) => (
        <Fragment key={key}>{shown}</Fragment>
      ))}
      {/* Another one each time: it does not move, it is replaced. */}
      {missing !== -1 && (
        <div key={`before ${missing}`} role="status" aria-label="Loading">
          {rest}
        </div>
      )}
    </>
  );
}
