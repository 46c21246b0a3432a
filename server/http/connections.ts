import type { Server } from 'node:http';
import ipaddr from 'ipaddr.js';
import { network } from './rate-limit.ts';

/** Connections that are open at a time; each takes memory and a file of the process. */
export interface ConnectionBounds {
  readonly most: number;
  /** Of one address; a trusted proxy, through which all come, has no bound of its own. */
  readonly mostOfAddress: number;
}

export const CONNECTION_BOUNDS: ConnectionBounds = { most: 5_000, mostOfAddress: 1_000 };

/** Connections beyond the bounds are closed as they come, so that whoever opens many takes none of the others'. `refused` is told whose. */
export function boundConnections(
  server: Server,
  { most, mostOfAddress }: ConnectionBounds,
  trusted: readonly string[],
  refused: (address: string) => void,
): void {
  const isTrusted = within(trusted);
  const open = new Map<string, number>();
  let all = 0;
  server.on('connection', (socket) => {
    const address = socket.remoteAddress;
    // Gone already.
    if (address === undefined) return void socket.destroy();
    const key = network(address);
    const own = open.get(key) ?? 0;
    if (all >= most || (own >= mostOfAddress && !isTrusted(address))) {
      refused(address);
      return void socket.destroy();
    }
    all++;
    open.set(key, own + 1);
    socket.once('close', () => {
      all--;
      const left = (open.get(key) ?? 1) - 1;
      if (left === 0) open.delete(key);
      else open.set(key, left);
    });
  });
}

/** Whether an address is one of some, or within a range of theirs. */
function within(list: readonly string[]): (address: string) => boolean {
  const ranges = list.map((one) =>
    one.includes('/') ? ipaddr.parseCIDR(one) : ([ipaddr.process(one), undefined] as const),
  );
  return (text) => {
    const address = ipaddr.process(text);
    return ranges.some(([range, bits]) => {
      if (range.kind() !== address.kind()) return false;
      return address.match(range as never, bits ?? (range.kind() === 'ipv4' ? 32 : 128));
    });
  };
}
