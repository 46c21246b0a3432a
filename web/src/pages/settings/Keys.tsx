import { Button, Checkbox, NumberInput, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { address } from '../../api/address.ts';
import { api } from '../../api/client.ts';
import { keysQuery } from '../../api/queries.ts';
import type { Key } from '../../api/types.ts';
import { Ask } from '../../ui/Ask.tsx';
import { Copy } from '../../ui/Copy.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { Failure } from '../../ui/Failure.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { Ago, Moment } from '../../ui/Moment.tsx';
import { PlainTable } from '../../ui/PlainTable.tsx';
import classes from './settings.module.css';
import { useChange } from './useChange.ts';

type Scope = Key['scopes'][number];
const SCOPES: Record<Scope, string> = {
  ingest: 'send events',
  read: 'read everything',
  write: 'change monitors, references, incidents',
  admin: 'manage people and keys',
};
type NewKeyReply = Key & { secret: string };

export function Keys() {
  const keys = useQuery(keysQuery);
  return (
    <>
      <p className={classes.intro}>
        Programs sign in with a key. Give each sender its own, with the least it needs; the secret is shown
        once.
      </p>
      <NewKey />
      <Loaded of={keys} what="The keys could not be read:" height={200}>
        {({ items }) => (items.length === 0 ? <Empty title="No key yet." /> : <KeyTable keys={items} />)}
      </Loaded>
    </>
  );
}

function NewKey() {
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<string[]>(['ingest']);
  const [days, setDays] = useState<number | string>('');
  const create = useChange(
    () =>
      api.post<NewKeyReply>(address('/keys'), {
        name: name.trim(),
        scopes,
        ...(typeof days === 'number' ? { expires_in_days: days } : {}),
      }),
    address('/keys'),
  );
  return (
    <>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate(undefined, { onSuccess: () => setName('') });
        }}
      >
        <TextInput
          label="Name"
          placeholder="checkout service"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          w={220}
        />
        <Checkbox.Group label="May" value={scopes} onChange={setScopes}>
          <div className={classes.checks}>
            {(Object.keys(SCOPES) as Scope[]).map((scope) => (
              <Checkbox key={scope} value={scope} label={`${scope}: ${SCOPES[scope]}`} />
            ))}
          </div>
        </Checkbox.Group>
        <NumberInput
          label="Days valid"
          placeholder="no end"
          min={1}
          max={3650}
          value={days}
          onChange={setDays}
          w={96}
        />
        <Button type="submit" disabled={name.trim() === '' || scopes.length === 0 || create.isPending}>
          Make a key
        </Button>
      </form>
      {create.isError && <Failure what="No key was made:" error={create.error} />}
      {create.data !== undefined && (
        <div className={classes.secret} role="status">
          <p>
            <strong>{create.data.name}</strong>: copy the key now. It is stored only as a hash and never shown
            again.
          </p>
          <code>{create.data.secret}</code>
          <Copy text={create.data.secret} label="Copy the key" />
        </div>
      )}
    </>
  );
}

function KeyTable({ keys }: { keys: readonly Key[] }) {
  return (
    <PlainTable
      stack
      label="API keys"
      rows={keys}
      rowKey={(key) => key.id}
      columns={[
        { title: 'Name', value: (key) => key.name, cell: (key) => <strong>{key.name}</strong> },
        { title: 'Begins with', cell: (key) => <code>{key.prefix}…</code> },
        { title: 'May', cell: (key) => key.scopes.join(', ') },
        { title: 'Made', value: (key) => key.created_at, cell: (key) => <Moment at={key.created_at} /> },
        {
          title: 'Ends',
          cell: (key) => (key.expires_at === null ? 'never' : <Moment at={key.expires_at} />),
        },
        {
          title: 'Last used',
          value: (key) => key.last_used_at,
          cell: (key) => (key.last_used_at === null ? 'never' : <Ago at={key.last_used_at} />),
        },
        {
          title: <span className={classes.hidden}>Revoke</span>,
          align: 'right',
          cell: (key) =>
            key.revoked_at === null ? (
              <Revoke of={key} />
            ) : (
              <>
                revoked <Ago at={key.revoked_at} />
              </>
            ),
        },
      ]}
    />
  );
}

/** A key that somebody uses is not revoked by a slip. */
function Revoke({ of: key }: { of: Key }) {
  const revoke = useChange(() => api.remove(address('/keys/:id', { id: key.id })), address('/keys'));
  return (
    <Ask
      label="Revoke"
      name={`Revoke ${key.name}`}
      title={`Revoke ${key.name}?`}
      yes="Revoke the key"
      failed="The key was not revoked:"
      change={revoke}
    >
      <p>
        Whoever uses it is refused from now on.{' '}
        {key.last_used_at === null ? 'It was never used.' : 'It was last used '}
        {key.last_used_at !== null && (
          <>
            <Ago at={key.last_used_at} />.
          </>
        )}
      </p>
      <p>A revoked key cannot be brought back; a new one can be made.</p>
    </Ask>
  );
}
