import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { inNumbers } from '../../../../contract/subject-counts.ts';
import { address } from '../../api/address.ts';
import { api } from '../../api/client.ts';
import { subjectExport, subjectQuery, type Who } from '../../api/queries.ts';
import type { Erasure } from '../../api/types.ts';
import { plural } from '../../number/format.ts';
import { Ask } from '../../ui/Ask.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { useChange } from '../settings/useChange.ts';
import { useMay } from '../useMay.ts';
import classes from './predictions.module.css';

/** All that is stored of whom a search names: exported, or erased after it was asked twice. */
export function SubjectActions({ model, who }: { model: string; who: Who }) {
  const may = useMay();
  const [begun, setBegun] = useState<Erasure | null>(null);
  const erase = useChange(
    async () => {
      setBegun(await api.remove<Erasure>(address('/models/:model/predictions', { model }, { ...who })));
    },
    address('/models/:model', { model }),
  );
  if (begun !== null)
    return (
      <span role="status" className={classes.quiet}>
        {plural(begun.predictions, 'prediction')} and what belongs to them go in the background, within a
        minute.
      </span>
    );
  return (
    <span className={classes.subject}>
      <Button
        component="a"
        variant="default"
        size="compact-xs"
        href={subjectExport(model, who)}
        title="Predictions, labels, outcomes and refused events as NDJSON"
        download
      >
        Export all of it
      </Button>
      {may.admin && (
        <Ask
          label="Erase …"
          title="Erase what is stored of them?"
          yes="Erase"
          typed={model}
          failed="Nothing was erased:"
          change={erase}
        >
          <What model={model} who={who} />
        </Ask>
      )}
    </span>
  );
}

function What({ model, who }: { model: string; who: Who }) {
  const summary = useQuery(subjectQuery(model, who));
  return (
    <Loaded of={summary} what="It could not be counted:" height={80}>
      {({ remains, ...found }) => (
        <>
          <p>
            <strong>{inNumbers(found)}</strong>, of all time, are removed for good. This cannot be undone; the
            audit log keeps that it was done, not whom it was about.
          </p>
          <p>{remains}. Backups and what was sent on by webhooks are not reached.</p>
        </>
      )}
    </Loaded>
  );
}
