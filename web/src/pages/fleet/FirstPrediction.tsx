import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { address } from '../../api/address.ts';
import { api } from '../../api/client.ts';
import { fleetQuery } from '../../api/queries.ts';
import type { Key } from '../../api/types.ts';
import { paths } from '../../paths.ts';
import { Copy } from '../../ui/Copy.tsx';
import { Failure } from '../../ui/Failure.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { useMay } from '../useMay.ts';
import classes from './fleet.module.css';

/** The three lines that send a first prediction to this server. */
export function firstPrediction(origin: string, key: string): string {
  return `curl ${origin}/api/v1/predictions \\
  -H 'authorization: Bearer ${key}' -H 'content-type: application/json' \\
  -d '{"model":"my-model","features":{"age":41,"country":"FR"},"prediction":"approve","score":0.83}'`;
}

/** A fleet without models teaches how to get the first one. */
export function FirstPrediction() {
  // Asked more often than elsewhere: someone is waiting for the dot.
  const fleet = useQuery({ ...fleetQuery, refetchInterval: 2000 });
  const arrived = (fleet.data?.items.length ?? 0) > 0;
  const key = useMutation({
    mutationFn: () =>
      api.post<Key & { secret: string }>(address('/keys'), {
        // names of keys are unique, and a second try has one of its own
        name: `first prediction, ${new Date().toISOString().slice(0, 19)}Z`,
        scopes: ['ingest'],
      }),
  });
  const may = useMay();
  const lines = firstPrediction(location.origin, key.data?.secret ?? '<key>');
  return (
    <section className={classes.first} aria-label="Send a first prediction">
      <h1>Send a first prediction</h1>
      <p>
        Run these three lines anywhere that reaches this server. The model is created, its monitors are on,
        and this page changes by itself.
      </p>
      <pre className={classes.code}>{lines}</pre>
      <div className={classes.firstActions}>
        {may.write ? (
          <Button onClick={() => key.mutate()} disabled={key.isPending || key.isSuccess}>
            {key.isSuccess
              ? 'Key made: it is in the lines above, and shown only now'
              : 'Make a key and put it in'}
          </Button>
        ) : (
          <span>Ask an editor or an admin for a key.</span>
        )}
        <Copy text={lines} label="Copy the lines" />
        <span className={classes.waiting} aria-live="polite">
          <StateMark state={arrived ? 'ok' : 'no_data'} label="First prediction" word={false} />
          {arrived ? 'The first prediction arrived' : 'Waiting for the first prediction'}
        </span>
      </div>
      {may.write && (
        <p>
          Predictions are in a file already? <Link {...paths.importTable()}>Import a table</Link>: it is shown
          before anything is stored.
        </p>
      )}
      {key.isError && <Failure what="No key was made:" error={key.error} retry={() => key.mutate()} />}
    </section>
  );
}
