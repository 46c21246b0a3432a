/** How patient a client is. Waits double from `baseMs` up to `maxMs` unless the server says how long to wait. */
export interface Attempts {
    readonly count: number;
    readonly baseMs: number;
    readonly maxMs: number;
    readonly sleep: (ms: number) => Promise<void>;
}
/** One try: the value, or the error to report should no later try succeed. */
export type Try<T> = {
    readonly value: T;
} | {
    readonly again: Error;
    readonly afterSeconds?: number;
};
/**
 * Repeats `attempt` while it says `again` or the connection breaks (a TypeError of `fetch`); any other error is
 * final. After the last try the last error is thrown.
 */
export declare function retrying<T>(options: Partial<Attempts> | undefined, attempt: () => Promise<Try<T>>): Promise<T>;
