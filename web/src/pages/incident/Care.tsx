import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { sessionQuery } from '../../api/queries.ts';
import type { IncidentDetail } from '../../api/types.ts';
import { HOUR } from '../../time/range.ts';
import { Choice } from '../../ui/Choice.tsx';
import { Failure } from '../../ui/Failure.tsx';
import { Moment } from '../../ui/Moment.tsx';
import classes from './incident.module.css';
import { useIncidentChange } from './useIncidentChange.ts';

const LENGTHS = [
  { value: '1', label: 'for 1 hour' },
  { value: '4', label: 'for 4 hours' },
  { value: '24', label: 'for 1 day' },
  { value: '168', label: 'for 7 days' },
  { value: 'change', label: 'until it changes' },
];

/** Who looks after it, and until when nobody is reminded of it. */
export function Care({ incident }: { incident: IncidentDetail }) {
  const session = useQuery(sessionQuery);
  const change = useIncidentChange(incident);
  const [who, setWho] = useState<string | null>(null);
  const [length, setLength] = useState('4');
  const me = session.data?.user.email;
  const assignee = who ?? incident.assignee ?? '';
  const assign = (to: string) =>
    change.mutate({ assignee: to.trim() === '' ? null : to.trim() }, { onSuccess: () => setWho(null) });
  const snooze = () =>
    change.mutate({
      snooze: {
        until: length === 'change' ? null : new Date(Date.now() + Number(length) * HOUR).toISOString(),
      },
    });
  return (
    <>
      <form
        className={classes.buttons}
        aria-label="Who looks after it"
        onSubmit={(event) => {
          event.preventDefault();
          assign(assignee);
        }}
      >
        <TextInput
          aria-label="Assigned to"
          placeholder="Assigned to nobody"
          value={assignee}
          onChange={(event) => setWho(event.currentTarget.value)}
          w={210}
        />
        <Button
          type="submit"
          variant="default"
          disabled={change.isPending || assignee.trim() === (incident.assignee ?? '')}
        >
          Assign
        </Button>
        {me !== undefined && incident.assignee !== me && (
          <Button variant="default" onClick={() => assign(me)} disabled={change.isPending}>
            Assign to me
          </Button>
        )}
        {incident.snoozed === null ? (
          <>
            <Choice
              aria-label="Snooze"
              data={LENGTHS}
              value={length}
              allowDeselect={false}
              onChange={(value) => setLength(value ?? '4')}
              w={140}
            />
            <Button variant="default" onClick={snooze} disabled={change.isPending}>
              Snooze
            </Button>
          </>
        ) : (
          <Button
            variant="default"
            onClick={() => change.mutate({ snooze: null })}
            disabled={change.isPending}
          >
            Wake
          </Button>
        )}
      </form>
      {incident.snoozed !== null && (
        <p className={classes.quiet}>
          Snoozed by {incident.snoozed.by}{' '}
          {incident.snoozed.until === null ? (
            'until it changes'
          ) : (
            <>
              until <Moment at={incident.snoozed.until} />
            </>
          )}
          . It wakes sooner when it becomes more urgent.
        </p>
      )}
      {change.isError && <Failure what="That was not done:" error={change.error} />}
    </>
  );
}
