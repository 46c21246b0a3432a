import { type ErrorComponentProps, useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { EVERY_MS } from './freshness.ts';
import classes from './wall.module.css';

/** A wall that could not even begin: it says so and begins by itself once it can. */
export function WallFailure({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  useEffect(() => {
    const timer = setInterval(() => {
      reset();
      void router.invalidate();
    }, EVERY_MS);
    return () => clearInterval(timer);
  }, [reset, router]);
  return (
    <main className={classes.wall}>
      <p className={classes.stale} role="alert">
        <b>Nothing is shown.</b> {(error as Error).message}. It is asked again and again.
      </p>
    </main>
  );
}
