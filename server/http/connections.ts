import type { Server } from 'node:http';
import { BlockList, isIPv6 } from 'node:net';
import ipaddr from 'ipaddr.js';
import { network } from './rate-limit.ts';

/** Connections that are open at a time; each takes memory and a file of the process. */
export interface ConnectionBounds {
  readonly most: number;
  /** Of one address; a trusted proxy, through which all come, has no bound of its own. */
  readonly mostOfAddress: number;
}

export const CONNECTION_BOUNDS: ConnectionBounds = { most: 5_000, mostOfAddress: 1_000 };

/** Connections that one address had closed as they came within a second, from which on the second's others are not even looked at. */
const LOOKED_AT = 100;
const SECOND_MS = 1000;

/**
 * Connections beyond the bounds are closed as they come, so that whoever opens many takes none of the others'. `refused` is told whose. Who goes on
 * opening them is dropped for the rest of the second before anything is made of it: taking thousands a second would cost the others the processor.
 */
export function boundConnections(
  server: Server,
  { most, mostOfAddress }: ConnectionBounds,
  trusted: readonly string[],
  refused: (address: string) => void,
): void {
  const isTrusted = within(trusted);
  const open = new Map<string, number>();
  const drop = dropper(server);
  let all = 0;
  server.on('connection', (socket) => {
    const address = socket.remoteAddress;
    // Gone already.
    if (address === undefined) return void socket.destroy();
    const key = network(address);
    const own = open.get(key) ?? 0;
    if (all >= most || (own >= mostOfAddress && !isTrusted(address))) {
      refused(address);
      if (!isTrusted(address)) drop(address);
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

/** Counts what was closed of an address, and has the server drop it for the rest of the second when that is much. */
function dropper(server: Server & { blockList?: BlockList | undefined }): (address: string) => void {
  let closed: Map<string, number> | undefined;
  return (address) => {
    if (closed === undefined) {
      closed = new Map();
      setTimeout(() => {
        closed = undefined;
        server.blockList = undefined;
      }, SECOND_MS).unref();
    }
    const n = (closed.get(address) ?? 0) + 1;
    closed.set(address, n);
    if (n !== LOOKED_AT) return;
    server.blockList ??= new BlockList();
    server.blockList.addAddress(address, isIPv6(address) ? 'ipv6' : 'ipv4');
  };
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
