import { BlockList, isIPv6, type Server, type Socket } from 'node:net';
import ipaddr from 'ipaddr.js';
import { network } from './rate-limit.ts';

/** Connections that are open at a time; each takes memory and a file of the process. */
export interface ConnectionBounds {
  readonly most: number;
  /** Of one address; a trusted proxy, through which all come, has no bound of its own. */
  readonly mostOfAddress: number;
}

export const CONNECTION_BOUNDS: ConnectionBounds = { most: 5_000, mostOfAddress: 1_000 };

/** Connections of one address that came to nothing within a second, from which on the second's others are not even looked at. */
const LOOKED_AT = 100;
/** A pipe of more comes as a thousand requests in one piece, which costs what so many other connections do. */
const PIPE_COUNTS = 50;
/** One of which the answer was not waited for costs what some that asked nothing do. */
const GIVEN_UP_COUNTS = 4;
const SECOND_MS = 1000;
/** The longest that an address is left out at a time: others may come from it too. */
const MOST_MS = 8_000;

/** What came of a connection. */
export interface UseOfConnections {
  of(socket: Socket): {
    readonly asked: boolean;
    /** It was closed because it asked without end. */
    readonly tooMany: boolean;
    /** Not all of its answers were waited for. */
    readonly givenUp: boolean;
  };
}

/**
 * Connections beyond the bounds are closed as they come, so that whoever opens many takes none of the others'; so is one that sends on and on
 * without waiting for answers. `refused` is told whose. Who goes on opening such, or ones that ask nothing or do not wait for the answer, is dropped for a second, and
 * for longer when it does so again, before anything is made of it: taking thousands a second would cost the others the processor.
 */
export function boundConnections(
  server: Server,
  { most, mostOfAddress }: ConnectionBounds,
  trusted: readonly string[],
  refused: (address: string) => void,
  use: UseOfConnections,
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
      const { asked, tooMany, givenUp } = use.of(socket);
      if (tooMany) refused(address);
      const counts = tooMany ? PIPE_COUNTS : givenUp ? GIVEN_UP_COUNTS : asked ? 0 : 1;
      if (counts > 0 && !isTrusted(address)) drop(address, counts);
      all--;
      const left = (open.get(key) ?? 1) - 1;
      if (left === 0) open.delete(key);
      else open.set(key, left);
    });
  });
}

/**
 * Counts what was closed of an address, and has the server drop it for a second when that is much; when it goes on behind that, for twice as long
 * each time.
 */
function dropper(
  server: Server & { blockList?: BlockList | undefined },
): (address: string, times?: number) => void {
  let closed: Map<string, number> | undefined;
  const dropped = new Set<string>();
  /** How long the next time is, of those who were dropped of late. */
  const next = new Map<string, number>();
  const later = (ms: number, work: () => void) => void setTimeout(work, ms).unref();

  function list(): void {
    server.blockList = dropped.size === 0 ? undefined : new BlockList();
    for (const address of dropped) server.blockList!.addAddress(address, isIPv6(address) ? 'ipv6' : 'ipv4');
  }
  return (address, times = 1) => {
    if (closed === undefined) {
      closed = new Map();
      later(SECOND_MS, () => {
        closed = undefined;
      });
    }
    const before = closed.get(address) ?? 0;
    closed.set(address, before + times);
    if (before >= LOOKED_AT || before + times < LOOKED_AT) return;
    const span = next.get(address) ?? SECOND_MS;
    const following = Math.min(2 * span, MOST_MS);
    next.set(address, following);
    dropped.add(address);
    list();
    later(span, () => {
      dropped.delete(address);
      list();
      later(following, () => {
        if (!dropped.has(address) && next.get(address) === following) next.delete(address);
      });
    });
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
