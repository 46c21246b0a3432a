import { readFile, rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Receipt } from '../contract/receipt.ts';
import type { Agent } from './agent.ts';
import { waiting } from './folder.ts';
import type { Say } from './settings.ts';

const PAUSE_MS = 1_000;
const LONGEST_MS = 300_000;
const PATIENCE_MS = 60_000;

/** What became of a piece: taken (perhaps not all of it), or to be tried again, and why. */
export type Outcome =
  | { readonly is: 'taken'; readonly rejected: number; readonly why: string }
  | { readonly is: 'later'; readonly why: string; readonly waitMs?: number };

/** Sends lines of profiles, in gzip, once. A server that answers with reasons for every line has taken the request, too: the same lines would be refused again. */
export async function post(
  { url, key }: { readonly url: string; readonly key: string },
  lines: Uint8Array<ArrayBuffer>,
): Promise<Outcome> {
  let reply: Response;
  let body: Partial<Receipt> & { error?: { code?: string; message?: string } };
  try {
    reply = await fetch(`${url}/api/v1/profiles`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${key}`,
        'content-type': 'application/x-ndjson',
        'content-encoding': 'gzip',
      },
      body: lines,
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    body = (await reply.json()) as typeof body;
  } catch (error) {
    const { message, cause } = error as Error & { cause?: { code?: string } };
    return { is: 'later', why: cause?.code ?? message };
  }
  if (body.rejected_total !== undefined) {
    const first = body.rejected?.[0];
    return {
      is: 'taken',
      rejected: body.rejected_total,
      why: first ? `${first.code}: ${first.message}` : '',
    };
  }
  const why = `${reply.status} ${body.error?.code ?? ''}: ${body.error?.message ?? ''}`;
  const seconds = Number(reply.headers.get('retry-after') ?? Number.NaN);
  return { is: 'later', why, ...(Number.isFinite(seconds) && { waitMs: seconds * 1000 }) };
}

/** Sends the pieces that wait, oldest first, for as long as nobody stops it. A piece goes when the server has answered for it. */
export async function sendAll(agent: Agent, say: Say, stop: AbortSignal): Promise<void> {
  const { server, saveMs } = agent.settings;
  if (server === undefined) return;
  let pause = 0;
  let trouble = '';
  while (!stop.aborted) {
    const outcome = await sendOldest(agent, server).catch(
      (error: unknown): Outcome => ({ is: 'later', why: (error as Error).message }),
    );
    if (outcome === undefined) {
      await nap(Math.min(saveMs, PAUSE_MS), stop);
      continue;
    }
    if (outcome.is === 'taken') {
      if (trouble !== '') say('the server answers again');
      [pause, trouble] = [0, ''];
      continue;
    }
    if (outcome.why !== trouble) say(`the server takes nothing, and is tried again: ${outcome.why}`);
    trouble = outcome.why;
    pause = Math.min(LONGEST_MS, Math.max(PAUSE_MS, pause * 2));
    await nap(Math.max(pause, outcome.waitMs ?? 0), stop);
  }
}

/** Sends the oldest piece and takes it out of the folder once the server has answered for it; undefined where none waits. */
async function sendOldest(agent: Agent, server: { url: string; key: string }): Promise<Outcome | undefined> {
  const [piece] = await waiting(agent.settings.folder);
  if (piece === undefined) return undefined;
  const lines = await readFile(piece.path).catch(() => undefined);
  // It was exported, or gave way, a moment ago.
  if (lines === undefined) return { is: 'taken', rejected: 0, why: '' };
  const outcome = await post(server, lines);
  if (outcome.is === 'later') return outcome;
  if (outcome.rejected > 0) await agent.refused(piece, `${outcome.rejected} profiles: ${outcome.why}`);
  await rm(piece.path, { force: true });
  return outcome;
}

const nap = (ms: number, signal: AbortSignal) => sleep(ms, undefined, { signal }).catch(() => {});
