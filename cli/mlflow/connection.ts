import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { type Credentials, Mlflow, type Sent } from '../../registries/mlflow/client.ts';
import { Misuse } from '../failure.ts';
import type { Terminal } from '../terminal.ts';

/** One answer of MLflow may take so long. */
const TIMEOUT_MS = 30_000;

/**
 * MLflow at an address, or where `MLFLOW_TRACKING_URI` says; credentials are those of MLflow's own clients, `MLFLOW_TRACKING_TOKEN`, or
 * `MLFLOW_TRACKING_USERNAME` and `MLFLOW_TRACKING_PASSWORD`, or what is in the files that `…_FILE` of them names. Errors: Misuse.
 */
export function connectMlflow({ env }: Terminal, given: string | undefined): Mlflow {
  const trackingUri = given ?? env.MLFLOW_TRACKING_URI;
  if (!trackingUri)
    throw new Misuse('No address of MLflow', 'Give it with --tracking-uri or MLFLOW_TRACKING_URI.');
  const url = URL.canParse(trackingUri) ? new URL(trackingUri) : null;
  if (url === null || !/^https?:$/.test(url.protocol))
    throw new Misuse(
      `${trackingUri} is not the address of an MLflow server`,
      'Example: --tracking-uri http://mlflow.internal:5000. A folder or a database is read by an MLflow server: mlflow server --backend-store-uri …',
    );
  if (url.username !== '' || url.password !== '')
    throw new Misuse(
      'The address of MLflow holds a password',
      'Give it with MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_PASSWORD_FILE.',
    );
  return new Mlflow({ trackingUri, credentials: credentialsOf(env), send, pause: (ms) => pause(ms) });
}

function credentialsOf(env: Terminal['env']): Credentials {
  return {
    token: secretOf(env, 'MLFLOW_TRACKING_TOKEN'),
    user: env.MLFLOW_TRACKING_USERNAME || undefined,
    password: secretOf(env, 'MLFLOW_TRACKING_PASSWORD'),
  };
}

function secretOf(env: Terminal['env'], name: string): string | undefined {
  const file = env[`${name}_FILE`];
  if (env[name] || !file) return env[name] || undefined;
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw new Misuse(
      `${name}_FILE cannot be read: ${(error as Error).message}`,
      'Name a file that holds it alone.',
    );
  }
}

async function send({ method, address, headers, body, mostBytes }: Sent) {
  const reply = await fetch(address, {
    ...{ method, headers, redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) },
    ...(body === undefined ? {} : { body }),
  });
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of reply.body ?? []) {
    bytes += part.length;
    if (bytes > mostBytes) return { status: reply.status, body: null };
    parts.push(part);
  }
  return { status: reply.status, body: Buffer.concat(parts) };
}
