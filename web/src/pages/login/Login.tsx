import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useLocation, useRouter } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { address } from '../../api/address.ts';
import { api } from '../../api/client.ts';
import { sessionQuery } from '../../api/queries.ts';
import type { Session } from '../../api/types.ts';
import { paths } from '../../paths.ts';
import { Failure } from '../../ui/Failure.tsx';
import classes from './login.module.css';
import { landing, tokenOf } from './token.ts';

const page = getRouteApi('/login');

/** Signs in with the one-time link that was opened or is pasted, or explains how to get one. */
export function Login() {
  const { token, next } = page.useSearch();
  const hash = useLocation({ select: (here) => here.hash });
  const arrived = token ?? tokenOf(`#${hash}`);
  // Kept here and nowhere else: neither the address bar nor the history has it afterwards.
  const [opened, setOpened] = useState(arrived);
  const [text, setText] = useState('');
  const queries = useQueryClient();
  const router = useRouter();
  const signIn = useMutation({
    mutationFn: (secret: string) => api.post<Session>(address('/session'), { token: secret }),
    onSuccess: (session) => {
      queries.setQueryData(sessionQuery.queryKey, session);
      router.history.replace(landing(next));
    },
    onError: () => setOpened(undefined),
  });
  const { reset } = signIn;
  useEffect(() => {
    if (arrived === undefined) return;
    setOpened(arrived);
    reset();
    void router.navigate({ ...paths.login(next === undefined ? {} : { next }), replace: true });
  }, [arrived, next, reset, router]);

  return (
    <main className={classes.page}>
      <h1>Sign in to Tiltmeter</h1>
      {signIn.isError && <Failure what="The link did not sign you in:" error={signIn.error} />}
      {/* A button, because programs that look through mail open links too, and a link works once. */}
      {opened === undefined ? (
        <form
          className={classes.form}
          onSubmit={(event) => {
            event.preventDefault();
            const secret = tokenOf(text);
            if (secret !== undefined) signIn.mutate(secret);
          }}
        >
          <TextInput
            label="Sign-in link"
            placeholder={`${location.origin}/login#token=…`}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            autoComplete="off"
            data-autofocus
            size="sm"
          />
          <Button type="submit" size="sm" disabled={tokenOf(text) === undefined || signIn.isPending}>
            Sign in
          </Button>
        </form>
      ) : (
        <div className={classes.opened}>
          <p>The link that you opened signs you in to {location.host}, once.</p>
          <Button size="sm" loading={signIn.isPending} onClick={() => signIn.mutate(opened)}>
            Sign in
          </Button>
        </div>
      )}
      <section className={classes.help}>
        <h2>Where a link comes from</h2>
        <p>
          The server prints one when it starts for the first time. On the machine where it runs, this makes a
          new one:
        </p>
        <pre>npm run tiltmeter -- login-link</pre>
        <p>An admin can also make one for you under Settings, People. A link works once.</p>
      </section>
    </main>
  );
}
