import type { ReactNode } from 'react';
import { Failure } from './Failure.tsx';
import classes from './ui.module.css';

interface Asked<T> {
  readonly data: T | undefined;
  readonly error: Error | null;
  readonly refetch: () => unknown;
}

interface Props<T> {
  readonly of: Asked<T>;
  /** What could not be shown, as the beginning of a sentence: "The incidents could not be read:" */
  readonly what: string;
  readonly height: number;
  /** What stands there until then, in the shape of what comes; a plain block of the height when absent. */
  readonly skeleton?: ReactNode;
  readonly children: (data: T) => ReactNode;
}

/** Data when it is there, a skeleton of the same height until then, and the one place where its error is shown. */
export function Loaded<T>({ of, what, height, skeleton, children }: Props<T>) {
  if (of.data !== undefined) {
    return (
      <>
        {of.error !== null && (
          <Failure
            what={what}
            error={of.error}
            kept="What is shown is the last answer."
            retry={() => of.refetch()}
          />
        )}
        {children(of.data)}
      </>
    );
  }
  if (of.error !== null) return <Failure what={what} error={of.error} retry={() => of.refetch()} />;
  return (
    <div role="status" aria-label="Loading" style={{ minHeight: height }}>
      {skeleton ?? <div className={classes.skeleton} style={{ height }} />}
    </div>
  );
}
