import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { address } from '../../api/address.ts';
import { api } from '../../api/client.ts';
import { sessionQuery } from '../../api/queries.ts';
import type { Session } from '../../api/types.ts';
import { Failure } from '../../ui/Failure.tsx';
import classes from './login.module.css';
import { landing, tokenOf } from './token.ts';

const page = getRouteApi('/login');

/** Signs in with the one-time link that the server printed, or explains how to get one. */
export function Login() {
  const { token, next } = page.useSearch();
  const [text, setText] = useState('');
  const queries = useQueryClient();
  const router = useRouter();
  const signIn = useMutation({
    mutationFn: (secret: string) => api.post<Session>(address('/session'), { token: secret }),
    onSuccess: (session) => {
      queries.setQueryData(sessionQuery.queryKey, session);
      router.history.replace(landing(next));
    },
  });
  const { mutate } = signIn;
  // A link works once; React runs effects twice in development.
  const used = useRef<string | undefined>(undefined);
  useEffect(() => {
    if (token === undefined || used.current === token) return;
    used.current = token;
    mutate(token);
  }, [token, mutate]);

  return (
    <main className={classes.page}>
      <h1>Sign in to Tiltmeter</h1>
      {signIn.isPending && <p aria-live="polite">Signing in …</p>}
      {signIn.isError && <Failure what="The link did not sign you in:" error={signIn.error} />}
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          const secret = tokenOf(text);
          if (secret !== undefined) mutate(secret);
        }}
      >
        <TextInput
          label="Sign-in link"
          placeholder={`${location.origin}/login?token=…`}
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
