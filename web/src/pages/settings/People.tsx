import { Button, Checkbox, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { address } from '../../api/address.ts';
import { api } from '../../api/client.ts';
import { sessionQuery, usersQuery } from '../../api/queries.ts';
import type { User } from '../../api/types.ts';
import { Ask } from '../../ui/Ask.tsx';
import { Copy } from '../../ui/Copy.tsx';
import { Failure } from '../../ui/Failure.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { Moment } from '../../ui/Moment.tsx';
import { PlainTable } from '../../ui/PlainTable.tsx';
import { TableSkeleton } from '../../ui/Skeletons.tsx';
import classes from './settings.module.css';
import { useChange } from './useChange.ts';

type Role = User['role'];
const ROLES: { value: Role; label: string }[] = [
  { value: 'viewer', label: 'viewer: sees everything' },
  { value: 'editor', label: 'editor: changes monitors and incidents' },
  { value: 'admin', label: 'admin: manages people and keys' },
];
interface Link {
  readonly url: string;
  readonly expires_at: string;
}

export function People() {
  const users = useQuery(usersQuery);
  const link = useChange(
    (id: string) => api.post<Link>(address('/users/:id/link', { id })),
    address('/users'),
  );
  const change = useChange(
    ({ id, ...body }: { id: string; role?: Role; disabled?: boolean }) =>
      api.patch(address('/users/:id', { id }), body),
    address('/users'),
  );
  return (
    <>
      <p className={classes.intro}>
        People sign in with a link that works once. There are no passwords; make a new link whenever someone
        needs one. A service account owns the keys of programs, and nobody signs in as it.
      </p>
      <NewPerson invite={(id) => link.mutate(id)} />
      {link.isError && <Failure what="No link was made:" error={link.error} />}
      {change.isError && <Failure what="Nothing was changed:" error={change.error} />}
      {link.data !== undefined && (
        <div className={classes.secret} role="status">
          <p>
            Send this link; it works once, until <Moment at={link.data.expires_at} />.
          </p>
          <code>{link.data.url}</code>
          <Copy text={link.data.url} label="Copy the link" />
        </div>
      )}
      <Loaded
        of={users}
        what="The people could not be read:"
        height={200}
        skeleton={<TableSkeleton rows={4} height={40} />}
      >
        {({ items }) => (
          <PlainTable
            stack
            label="People"
            rows={items}
            rowKey={(user) => user.id}
            columns={[
              { title: 'Name', value: (user) => user.name, cell: (user) => <strong>{user.name}</strong> },
              {
                title: 'E-mail',
                value: (user) => user.email ?? '',
                cell: (user) => user.email ?? 'service account',
              },
              {
                title: 'Role',
                cell: (user) => <RoleOf user={user} set={(role) => change.mutate({ id: user.id, role })} />,
              },
              {
                title: 'Added',
                value: (user) => user.created_at,
                cell: (user) => <Moment at={user.created_at} />,
              },
              {
                title: '',
                align: 'right',
                cell: (user) => (
                  <span className={classes.buttons}>
                    {!user.disabled && user.kind === 'person' && (
                      <Button variant="default" size="compact-xs" onClick={() => link.mutate(user.id)}>
                        Make a sign-in link
                      </Button>
                    )}
                    {user.disabled ? (
                      <Button
                        variant="default"
                        size="compact-xs"
                        onClick={() => change.mutate({ id: user.id, disabled: false })}
                      >
                        Let in again
                      </Button>
                    ) : (
                      <>
                        {user.kind === 'person' && <SignOut user={user} />}
                        <LockOut user={user} />
                      </>
                    )}
                  </span>
                ),
              },
            ]}
          />
        )}
      </Loaded>
    </>
  );
}

function RoleOf({ user, set }: { user: User; set: (role: Role) => void }) {
  const session = useQuery(sessionQuery);
  if (session.data?.user.id === user.id) return <>{user.role} (you)</>;
  return (
    <Select
      aria-label={`Role of ${user.name}`}
      data={ROLES.map(({ value }) => value)}
      value={user.role}
      allowDeselect={false}
      onChange={(role) => set(role as Role)}
      w={96}
    />
  );
}

function NewPerson({ invite }: { invite: (id: string) => void }) {
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [service, setService] = useState(false);
  const [role, setRole] = useState<Role>('viewer');
  const create = useChange(
    () =>
      api.post<User>(address('/users'), {
        name: name.trim(),
        role,
        ...(service ? { kind: 'service' } : { email: email.trim() }),
      }),
    address('/users'),
  );
  return (
    <>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate(undefined, {
            onSuccess: (user) => {
              setName('');
              setEmail('');
              if (user.kind === 'person') invite(user.id);
            },
          });
        }}
      >
        <TextInput
          label="Name"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          w={180}
        />
        <TextInput
          type="email"
          label="E-mail"
          value={service ? '' : email}
          disabled={service}
          onChange={(event) => setEmail(event.currentTarget.value)}
          w={220}
        />
        <Select
          label="Role"
          data={ROLES}
          value={role}
          allowDeselect={false}
          onChange={(value) => setRole(value as Role)}
          w={260}
        />
        <Checkbox
          label="service account"
          checked={service}
          onChange={(event) => setService(event.currentTarget.checked)}
        />
        <Button
          type="submit"
          disabled={name.trim() === '' || (!service && email.trim() === '') || create.isPending}
        >
          {service ? 'Add the account' : 'Add and make a link'}
        </Button>
      </form>
      {create.isError && <Failure what="Nobody was added:" error={create.error} />}
    </>
  );
}

/** What is signed in as somebody is signed out: a lost phone, a session that nobody knows. */
function SignOut({ user }: { user: User }) {
  const session = useQuery(sessionQuery);
  const own = session.data?.user.id === user.id;
  const end = useChange(
    () => api.remove(address('/users/:id/sessions', { id: user.id })),
    address(own ? '/session' : '/users'),
  );
  return (
    <Ask
      label="Sign out"
      name={`Sign out ${user.name} everywhere`}
      title={`Sign out ${user.name} everywhere?`}
      yes="Sign out everywhere"
      failed="Nobody was signed out:"
      change={end}
    >
      <p>
        {own
          ? 'This page too: you need a new link to sign in again.'
          : 'They need a new link to sign in again.'}{' '}
        Links that were not used are worth nothing from then on. Keys of programs go on.
      </p>
    </Ask>
  );
}

/** Nobody is locked out by a slip. */
function LockOut({ user }: { user: User }) {
  const lock = useChange(
    () => api.patch(address('/users/:id', { id: user.id }), { disabled: true }),
    address('/users'),
  );
  return (
    <Ask
      label="Lock out"
      name={`Lock out ${user.name}`}
      title={`Lock out ${user.name}?`}
      yes="Lock out"
      failed="Nobody was locked out:"
      change={lock}
    >
      <p>
        They are signed out everywhere at once, and their keys are refused from now on. You can let them in
        again, and their keys with them. What runs with a key of theirs needs another.
      </p>
    </Ask>
  );
}
