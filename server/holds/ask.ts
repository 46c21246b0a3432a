import { TiltmeterError } from '../../contract/errors.ts';
import type { HoldEndpoint, NoAnswer } from '../../contract/hold.ts';
import { type Features, protocolOf, settled } from '../../mapping/endpoint/protocol.ts';
import { bodyOf, type Outgoing, postTo } from '../outgoing.ts';

export type Answer =
  | { readonly value: string | number; readonly ms: number }
  | { readonly reason: NoAnswer; readonly detail: string };

/** Asks for one row. */
export type Ask = (features: Features) => Promise<Answer>;

/** What is read of a reply: one answer is not longer. */
const MOST_BYTES = 65_536;

/**
 * How an endpoint is asked. Whatever it does, an answer or a named reason comes back within its time; nothing of what it says stands in the
 * reason.
 */
export function askOf(
  endpoint: HoldEndpoint,
  { allowPrivateAddresses }: Pick<Outgoing, 'allowPrivateAddresses'>,
  monotonic: () => number,
): Ask {
  const { url, headers, timeout_ms: timeoutMs, classes } = endpoint;
  const protocol = protocolOf(endpoint);
  return async (features) => {
    const began = monotonic();
    try {
      const body = JSON.stringify(protocol.body(features));
      const reply = await postTo(url, body, headers, { allowPrivateAddresses, timeoutMs });
      if (reply.statusCode !== 200) {
        reply.destroy();
        return { reason: 'http_error', detail: `status ${reply.statusCode}` };
      }
      const read = await bodyOf(reply, MOST_BYTES);
      if (read === null) return { reason: 'too_large', detail: `more than ${MOST_BYTES / 1024} KiB` };
      const parsed = jsonOf(read.toString('utf8'));
      if (parsed === undefined) return { reason: 'not_json', detail: 'the reply is not JSON' };
      const value = settled(protocol.answer(parsed), classes);
      return value === undefined
        ? { reason: 'no_answer', detail: 'the reply has no answer where one is looked for' }
        : { value, ms: monotonic() - began };
    } catch (error) {
      return failedAs(error as NodeJS.ErrnoException, timeoutMs);
    }
  };
}

/** Undefined for what is no JSON. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function failedAs(error: NodeJS.ErrnoException, timeoutMs: number): Answer {
  if (error instanceof TiltmeterError)
    return { reason: 'private_address', detail: 'its host points into a private network' };
  if (error.name === 'TimeoutError' || error.name === 'AbortError')
    return { reason: 'timeout', detail: `none within ${timeoutMs / 1000} s` };
  return { reason: 'unreachable', detail: error.code ?? 'the connection broke off' };
}
