import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { slicesQuery } from '../../api/queries.ts';
import type { Model } from '../../api/types.ts';
import { count, plural } from '../../number/format.ts';
import { Loaded } from '../../ui/Loaded.tsx';
import frame from '../frame/frame.module.css';
import type { PageTime } from '../useRange.ts';
import classes from './segments.module.css';

/** The slices that lose most, searched for when somebody asks. */
export function Slices({ model, time }: { model: Model; time: PageTime }) {
  const [asked, setAsked] = useState(false);
  const found = useQuery({ ...slicesQuery(model.id, time.range), enabled: asked });
  return (
    <section aria-label="Slices that lose most">
      <h2>Slices that lose most</h2>
      <p className={frame.quiet}>
        Conditions on one or two columns under which the model is wrong more often than elsewhere, searched
        for in the newest labelled predictions of the range.
      </p>
      {asked ? (
        <Loaded of={found} what="Slices could not be searched for:" height={60}>
          {({ items, n, columns }) =>
            items.length === 0 ? (
              <p>
                None stands out among {plural(n, 'labelled prediction')} and {plural(columns, 'column')}.
              </p>
            ) : (
              <ol className={classes.slices}>
                {items.map(({ text, sentence, n: rows }) => (
                  <li key={text}>
                    {sentence} <span className={frame.quiet}>n = {count(rows)}</span>
                  </li>
                ))}
              </ol>
            )
          }
        </Loaded>
      ) : (
        <div>
          <Button size="compact-sm" variant="default" onClick={() => setAsked(true)}>
            Search
          </Button>
        </div>
      )}
    </section>
  );
}
