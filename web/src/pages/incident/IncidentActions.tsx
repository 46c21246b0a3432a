import { Button, InputBase } from '@mantine/core';
import { useState } from 'react';
import { CAUSE_KINDS } from '../../../../contract/cause-kinds.ts';
import type { IncidentChange, IncidentDetail } from '../../api/types.ts';
import { Choice } from '../../ui/Choice.tsx';
import { Failure } from '../../ui/Failure.tsx';
import { words } from '../metric.ts';
import { useMay } from '../useMay.ts';
import { Care } from './Care.tsx';
import classes from './incident.module.css';
import { Regroup } from './Regroup.tsx';
import { useIncidentChange } from './useIncidentChange.ts';

const VERDICTS = [
  { value: 'real', label: 'Real: worth the call' },
  { value: 'expected', label: 'Expected: known and fine' },
  { value: 'false_alarm', label: 'False alarm: nothing was wrong' },
] as const;
type Verdict = (typeof VERDICTS)[number]['value'];
type Found = NonNullable<IncidentChange['found']>;

/** Those that were named first, then all others. */
function causeOptions({ causes }: IncidentDetail) {
  const option = (value: string) => ({ value, label: words(value) });
  const named = CAUSE_KINDS.filter((kind) => causes.some((cause) => cause.kind === kind));
  const others = CAUSE_KINDS.filter((kind) => !named.includes(kind));
  const groups = [
    { group: 'Named above', items: named.map(option) },
    { group: 'Other causes', items: [...others.map(option), option('other')] },
  ];
  return groups.filter(({ items }) => items.length > 0);
}

/** Acknowledge, assign, snooze, resolve with a verdict and a cause, reopen, merge, split, say something. */
export function IncidentActions({ incident }: { incident: IncidentDetail }) {
  const [comment, setComment] = useState('');
  const [verdict, setVerdict] = useState<Verdict>('real');
  const [found, setFound] = useState<Found | null>(null);
  const change = useIncidentChange(incident);
  const may = useMay();
  if (!may.write)
    return (
      <p className={classes.lookOnly}>Editors and admins acknowledge, resolve and comment; you may look.</p>
    );
  const said = comment.trim() === '' ? {} : { comment: comment.trim() };
  const resolved = incident.status === 'resolved';
  const send = (body: IncidentChange) =>
    change.mutate({ ...body, ...said }, { onSuccess: () => setComment('') });
  return (
    <div className={classes.actions}>
      <InputBase
        component="textarea"
        multiline
        aria-label="Comment"
        placeholder="What you know, for those who come after you"
        rows={1}
        classNames={{ input: classes.comment! }}
        value={comment}
        onChange={(event) => setComment(event.currentTarget.value)}
      />
      <div className={classes.buttons}>
        {incident.status === 'open' && (
          <Button onClick={() => send({ status: 'acknowledged' })} disabled={change.isPending}>
            Acknowledge
          </Button>
        )}
        {!resolved && (
          <>
            <Choice
              aria-label="Verdict"
              data={[...VERDICTS]}
              value={verdict}
              allowDeselect={false}
              onChange={(value) => setVerdict((value ?? 'real') as Verdict)}
              w={210}
            />
            <Choice
              aria-label="Cause that was found"
              placeholder="Cause, when known"
              clearable
              searchable
              data={causeOptions(incident)}
              value={found}
              onChange={(value) => setFound(value as Found | null)}
              w={190}
            />
            <Button
              variant="default"
              onClick={() => send({ status: 'resolved', verdict, ...(found === null ? {} : { found }) })}
              disabled={change.isPending}
            >
              Resolve
            </Button>
          </>
        )}
        {resolved && incident.merged_into === null && (
          <Button variant="default" onClick={() => send({ status: 'open' })} disabled={change.isPending}>
            Reopen
          </Button>
        )}
        <Button
          variant="default"
          onClick={() => send({})}
          disabled={change.isPending || said.comment === undefined}
        >
          Comment only
        </Button>
      </div>
      {change.isError && (
        <Failure
          what="The incident was not changed:"
          error={change.error}
          kept="What you wrote is still here."
        />
      )}
      {!resolved && <Care incident={incident} />}
      {!resolved && incident.model !== '' && <Regroup incident={incident} />}
    </div>
  );
}
