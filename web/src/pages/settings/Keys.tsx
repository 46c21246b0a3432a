import { Button, Checkbox, NumberInput, Select, TagsInput, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { address } from '../../api/address.ts';
import { api } from '../../api/client.ts';
import { fleetQuery, keysQuery, sessionQuery, usersQuery } from '../../api/queries.ts';
import type { Key } from '../../api/types.ts';
import { Ask } from '../../ui/Ask.tsx';
import { Copy } from '../../ui/Copy.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { Failure } from '../../ui/Failure.tsx';
import { Hidden } from '../../ui/Hidden.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { Ago, Moment } from '../../ui/Moment.tsx';
import { PlainTable } from '../../ui/PlainTable.tsx';
import { TableSkeleton } from '../../ui/Skeletons.tsx';
import { useMay } from '../useMay.ts';
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
        once. A key may never do more than its owner may today, and stops with them: keys of programs that
        outlive people belong to a service account (People).
      </p>
      <NewKey />
      <Loaded
        of={keys}
        what="The keys could not be read:"
        height={200}
        skeleton={<TableSkeleton rows={4} height={40} />}
      >
        {({ items }) => (items.length === 0 ? <Empty title="No key yet." /> : <KeyTable keys={items} />)}
      </Loaded>
    </>
  );
}

function NewKey() {
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<string[]>(['ingest']);
  const [models, setModels] = useState<string[]>([]);
  const [owner, setOwner] = useState<string | null>(null);
  const [days, setDays] = useState<number | string>('');
  const may = useMay();
  const fleet = useQuery(fleetQuery);
  const create = useChange(
    () =>
      api.post<NewKeyReply>(address('/keys'), {
        name: name.trim(),
        scopes,
        ...(models.length > 0 ? { models } : {}),
        ...(owner === null ? {} : { owner }),
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
        <TagsInput
          label="Models"
          placeholder={models.length === 0 ? 'all' : ''}
          data={fleet.data?.items.map(({ id }) => id) ?? []}
          value={models}
          onChange={setModels}
          disabled={scopes.includes('admin')}
          w={200}
        />
        {may.admin && <Owner value={owner} set={setOwner} />}
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

/** Whose a new key is: one's own, unless an admin says another. */
function Owner({ value, set }: { value: string | null; set: (id: string | null) => void }) {
  const users = useQuery(usersQuery);
  const session = useQuery(sessionQuery);
  const accounts = users.data?.items.filter(({ disabled }) => !disabled) ?? [];
  return (
    <Select
      label="Owner"
      placeholder="you"
      clearable
      data={accounts
        .filter(({ id }) => id !== session.data?.user.id)
        .map(({ id, kind, email, name }) => ({
          value: id,
          label: kind === 'service' ? `${name} (service account)` : (email ?? name),
        }))}
      value={value}
      onChange={set}
      w={200}
    />
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
        { title: 'Models', cell: (key) => key.models?.join(', ') ?? 'all' },
        { title: 'Owner', value: (key) => key.owner.name, cell: (key) => key.owner.name },
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
          title: <Hidden>Revoke</Hidden>,
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
