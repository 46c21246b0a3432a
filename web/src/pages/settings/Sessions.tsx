import { useQuery } from '@tanstack/react-query';
import { address } from '../../api/address.ts';
import { api } from '../../api/client.ts';
import { sessionsQuery } from '../../api/queries.ts';
import type { OwnSession } from '../../api/types.ts';
import { Ask } from '../../ui/Ask.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { Moment } from '../../ui/Moment.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { PlainTable } from '../../ui/PlainTable.tsx';
import { browserName } from './browser-name.ts';
import classes from './settings.module.css';
import { useChange } from './useChange.ts';

export function Sessions() {
  const sessions = useQuery(sessionsQuery);
  const everywhere = useChange(() => api.remove(address('/sessions')), address('/session'));
  return (
    <>
      <p className={classes.intro}>
        Where you are signed in. Each ends at the time shown unless it is used before then, and some day in
        any case. Sign out of those that you do not know.
      </p>
      <Panel
        title="Signed in"
        actions={
          <Ask
            label="Sign out everywhere"
            title="Sign out everywhere?"
            yes="Sign out everywhere"
            failed="You were not signed out:"
            change={everywhere}
          >
            <p>This page too: you need a new link to sign in again. Keys of programs go on.</p>
          </Ask>
        }
      >
        <Loaded of={sessions} what="The sessions could not be read:" height={160}>
          {({ items }) => (
            <PlainTable
              stack
              label="Sessions"
              rows={items}
              rowKey={(session) => session.id}
              columns={[
                {
                  title: 'Browser',
                  cell: (session) => (
                    <span>
                      <strong title={session.agent ?? undefined}>{browserName(session.agent)}</strong>
                      {session.current && ' (this one)'}
                    </span>
                  ),
                },
                { title: 'Address', cell: ({ ip }) => ip || 'not kept' },
                { title: 'Signed in', cell: (session) => <Moment at={session.created_at} /> },
                { title: 'Last used', cell: (session) => <Moment at={session.last_seen_at} /> },
                { title: 'Ends', cell: (session) => <Moment at={session.expires_at} /> },
                { title: '', cell: (session) => !session.current && <End session={session} /> },
              ]}
            />
          )}
        </Loaded>
      </Panel>
    </>
  );
}

function End({ session }: { session: OwnSession }) {
  const end = useChange(() => api.remove(address('/sessions/:id', { id: session.id })), address('/sessions'));
  return (
    <Ask
      label="Sign out"
      name={`Sign out ${browserName(session.agent)} at ${session.ip || 'an address that was not kept'}`}
      title="Sign this session out?"
      yes="Sign it out"
      failed="It was not signed out:"
      change={end}
    >
      <p>Whoever uses it needs a new link to sign in again.</p>
    </Ask>
  );
}
