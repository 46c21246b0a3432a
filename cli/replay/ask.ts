import { type Features, type Protocol, settled } from '../../mapping/endpoint/protocol.ts';

/** Why a row has no answer. */
export type NoAnswer = 'timeout' | 'unreachable' | 'http_error' | 'not_json' | 'no_answer' | 'too_large';

export type Answer =
  | { readonly value: string | number; readonly ms: number }
  | { readonly reason: NoAnswer; readonly detail: string };

export interface Endpoint {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly protocol: Protocol;
  /** Names of the classes where the endpoint answers with probabilities. */
  readonly classes: readonly string[];
}

/** A reply with one answer is not longer. */
const MOST_BYTES = 1 << 20;

/** Asks for one row. Whatever the endpoint does, a value or a named reason comes back within the time. */
export async function ask(endpoint: Endpoint, features: Features, stop?: AbortSignal): Promise<Answer> {
  const late = AbortSignal.timeout(endpoint.timeoutMs);
  const began = performance.now();
  try {
    const reply = await fetch(endpoint.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...endpoint.headers },
      body: JSON.stringify(endpoint.protocol.body(features)),
      redirect: 'manual',
      signal: stop === undefined ? late : AbortSignal.any([late, stop]),
    });
    if (reply.status !== 200) {
      await reply.body?.cancel();
      return { reason: 'http_error', detail: `status ${reply.status}` };
    }
    const text = await bounded(reply);
    if (text === null) return { reason: 'too_large', detail: `more than ${MOST_BYTES} bytes` };
    return answered(text, endpoint, performance.now() - began);
  } catch (error) {
    if (late.aborted) return { reason: 'timeout', detail: `none within ${endpoint.timeoutMs / 1000} s` };
    const code = ((error as Error).cause as { code?: string } | undefined)?.code;
    return { reason: 'unreachable', detail: code ?? (error as Error).message };
  }
}

function answered(text: string, { protocol, classes }: Endpoint, ms: number): Answer {
  let reply: unknown;
  try {
    reply = JSON.parse(text);
  } catch {
    return { reason: 'not_json', detail: 'the reply is not JSON' };
  }
  const value = settled(protocol.answer(reply), classes);
  return value === undefined
    ? { reason: 'no_answer', detail: 'the reply has no answer where one is looked for' }
    : { value, ms };
}

/** The reply as text; null when it is too long, of which no more is read. */
async function bounded(reply: Response): Promise<string | null> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of reply.body ?? []) {
    bytes += part.byteLength;
    if (bytes > MOST_BYTES) return null;
    parts.push(part);
  }
  return new TextDecoder().decode(Buffer.concat(parts));
}
