import type { EventEmitter } from 'node:events';
import { TiltmeterError } from '../../contract/errors.ts';

/** Requests of one asker that wait for its turn. */
const MOST_WAITING = 32;

/** An answer that is being made: whether it was sent, or nobody waits for it any more. */
export interface Answer extends Pick<EventEmitter, 'once'> {
  readonly destroyed: boolean;
}

/** Resolves when nothing else of an asker is under way; that lasts until its answer ends. Errors: too_many_requests, sender_gone. */
export type OneAtATime = (asker: string, answer: Answer) => Promise<void>;

/**
 * Who asks what takes the store seconds has one answer after the other, so that the store has room for what others ask. One whose asker has gone
 * away leaves the queue when its turn comes.
 */
export function createOneAtATime(): OneAtATime {
  const queues = new Map<string, (() => void)[]>();
  return async (asker, answer) => {
    if (answer.destroyed) throw new TiltmeterError('sender_gone');
    const over = new Promise<void>((resolve) => answer.once('finish', resolve).once('close', resolve));
    const waiting = queues.get(asker);
    if (waiting !== undefined && waiting.length >= MOST_WAITING)
      throw new TiltmeterError('too_many_requests', 'searches and exports are answered one after the other', {
        retryAfter: 5,
      });
    if (waiting === undefined) queues.set(asker, []);
    else await new Promise<void>((resolve) => waiting.push(resolve));
    void over.then(() => {
      const next = queues.get(asker)?.shift();
      if (next === undefined) queues.delete(asker);
      else next();
    });
    if (answer.destroyed) throw new TiltmeterError('sender_gone');
  };
}
