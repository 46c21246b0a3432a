import { TiltmeterError } from '../../contract/errors.ts';

/** Requests of one asker that wait for its turn. */
const MOST_WAITING = 32;

/** Does some work when nothing else of an asker (of one kind: the name says which) is under way, unless it is in vain by then. Errors: those of the work, too_many_requests, sender_gone. */
export type OneAtATime = <T>(asker: string, work: () => Promise<T>, inVain: () => boolean) => Promise<T>;

/** Who asks what takes the store seconds has one answer after the other, so that the store has room for what others ask. */
export function createOneAtATime(): OneAtATime {
  const queues = new Map<string, (() => void)[]>();
  return async (asker, work, inVain) => {
    const waiting = queues.get(asker);
    if (waiting !== undefined && waiting.length >= MOST_WAITING)
      throw new TiltmeterError('too_many_requests', 'such questions are answered one after the other', {
        retryAfter: 5,
      });
    if (waiting === undefined) queues.set(asker, []);
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      if (inVain()) throw new TiltmeterError('sender_gone');
      return await work();
    } finally {
      const next = queues.get(asker)?.shift();
      if (next === undefined) queues.delete(asker);
      else next();
    }
  };
}
