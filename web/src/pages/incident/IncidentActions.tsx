import { Button, Select, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { address } from '../../api/address.ts';
import { api } from '../../api/client.ts';
import { incidentQuery } from '../../api/queries.ts';
import type { IncidentChange, IncidentDetail } from '../../api/types.ts';
import { Failure } from '../../ui/Failure.tsx';
import { useMay } from '../useMay.ts';
import classes from './incident.module.css';

const VERDICTS = [
  { value: 'real', label: 'Real: worth the call' },
  { value: 'expected', label: 'Expected: known and fine' },
  { value: 'false_alarm', label: 'False alarm: nothing was wrong' },
] as const;
type Verdict = (typeof VERDICTS)[number]['value'];

/** Acknowledge, resolve with a verdict, reopen, say something. */
export function IncidentActions({ incident }: { incident: IncidentDetail }) {
  const [comment, setComment] = useState('');
  const [verdict, setVerdict] = useState<Verdict>('real');
  const queries = useQueryClient();
  const change = useMutation({
    mutationFn: (body: IncidentChange) => api.patch(address('/incidents/:id', { id: incident.id }), body),
    onSuccess: async (_, body) => {
      if (body.comment !== undefined) setComment('');
      await queries.invalidateQueries({ queryKey: incidentQuery(incident.id).queryKey });
      await queries.invalidateQueries({
        predicate: ({ queryKey }) => String(queryKey[0]).includes('/incidents'),
      });
    },
  });
  const may = useMay();
  if (!may.write)
    return (
      <p className={classes.lookOnly}>Editors and admins acknowledge, resolve and comment; you may look.</p>
    );
  const said = comment.trim() === '' ? {} : { comment: comment.trim() };
  const resolved = incident.status === 'resolved';
  return (
    <div className={classes.actions}>
      <Textarea
        aria-label="Comment"
        placeholder="What you know, for those who come after you"
        rows={1}
        classNames={{ input: classes.comment! }}
        value={comment}
        onChange={(event) => setComment(event.currentTarget.value)}
      />
      <div className={classes.buttons}>
        {incident.status === 'open' && (
          <Button
            onClick={() => change.mutate({ status: 'acknowledged', ...said })}
            disabled={change.isPending}
          >
            Acknowledge
          </Button>
        )}
        {!resolved && (
          <>
            <Select
              aria-label="Verdict"
              data={[...VERDICTS]}
              value={verdict}
              allowDeselect={false}
              onChange={(value) => setVerdict((value ?? 'real') as Verdict)}
              w={210}
            />
            <Button
              variant="default"
              onClick={() => change.mutate({ status: 'resolved', verdict, ...said })}
              disabled={change.isPending}
            >
              Resolve
            </Button>
          </>
        )}
        {resolved && (
          <Button
            variant="default"
            onClick={() => change.mutate({ status: 'open', ...said })}
            disabled={change.isPending}
          >
            Reopen
          </Button>
        )}
        <Button
          variant="default"
          onClick={() => change.mutate(said)}
          disabled={change.isPending || said.comment === undefined}
        >
          Comment only
        </Button>
      </div>
      {change.isError && <Failure what="The incident was not changed:" error={change.error} />}
    </div>
  );
}
