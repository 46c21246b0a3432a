import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { TiltmeterError } from '../../contract/errors.ts';

/** Who does not read its answer within that is cut off when the server stops. */
export const CLOSE_WITHIN_MS = 10_000;

/**
 * Connections that may wait to be taken; the system allows 4,096 at most unless told otherwise. Node's own 511 are filled within a tenth of a second by
 * whoever opens thousands, and then others are kept waiting for a second and more, until their system tries again.
 */
const BACKLOG = 4096;

/** Gives the port. Errors: port_in_use, invalid_option. */
export async function listen(http: FastifyInstance, host: string, port: number): Promise<number> {
  try {
    await http.listen({ host, port, backlog: BACKLOG });
    return (http.server.address() as AddressInfo).port;
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    if (code === 'EADDRINUSE') throw new TiltmeterError('port_in_use', `port ${port} on ${host} is taken`);
    throw new TiltmeterError('invalid_option', `cannot listen on ${host}:${port}: ${message}`, {
      cause: error,
    });
  }
}
