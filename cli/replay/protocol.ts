import { EndpointProtocol, FEATURES_SIGN } from '../../contract/hold.ts';
import { type Protocol, protocolOf } from '../../mapping/endpoint/protocol.ts';
import { Misuse } from '../failure.ts';

export const PROTOCOLS = EndpointProtocol.options;

const EXAMPLE = `Example: --body '{"rows":["$features"]}' --answer rows.0.label`;

/** The body of one's own, as it is typed; undefined for a protocol that has its own. Errors: Misuse. */
export function bodyOf(protocol: EndpointProtocol, text: string | undefined): unknown {
  if (protocol !== 'template') return undefined;
  if (text === undefined) throw new Misuse('A template needs --body', EXAMPLE);
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw new Misuse('--body is not JSON', EXAMPLE);
  }
  if (!JSON.stringify(body).includes(JSON.stringify(FEATURES_SIGN)))
    throw new Misuse('--body has no "$features" where the features go');
  return body;
}

/** How an endpoint is asked, as typed: `protocolAs('kserve-v1', undefined, 'predictions.0.1')`. Errors: Misuse. */
export function protocolAs(
  protocol: EndpointProtocol,
  body: string | undefined,
  answer: string | undefined,
): Protocol {
  return protocolOf({ protocol, body: bodyOf(protocol, body), answer });
}
