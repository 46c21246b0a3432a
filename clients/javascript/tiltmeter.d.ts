import type { Change, Label, Outcome, Prediction, Stage, Receipt as StoredReceipt } from './events.js';
import { type Attempts } from './retry.js';
export type { Attempts, Change, Label, Outcome, Prediction, Stage };
/** What became of the events. `repeated`: the request was made before, and this is the receipt of then. */
export type Receipt = StoredReceipt & {
    readonly repeated?: boolean;
};
/** The server's answer was an error: its code of the documented table, its message and what to do. */
export declare class TiltmeterApiError extends Error {
    readonly status: number;
    readonly code: string;
    readonly hint: string | undefined;
    constructor(status: number, code: string, message: string, hint?: string);
}
export interface TiltmeterOptions {
    /** Address of the server, `http://127.0.0.1:8765`. */
    readonly url: string;
    readonly key: string;
    /** Events per request; 1,000 when absent. */
    readonly batchSize?: number;
    /** How often and how long to wait when the server is busy or away. */
    readonly attempts?: Partial<Attempts>;
    readonly fetch?: typeof fetch;
}
export interface SendOptions {
    /** Makes a repetition of the whole call harmless across processes: batch i is sent as `<key>-<i>`. */
    readonly idempotencyKey?: string;
}
/** Can a request carry it as it is? A key with a line break or a blank in it cannot be one. `isSendable('tm_a\\ntm_b')` → `false` */
export declare function isSendable(key: string): boolean;
/**
 * A thin client without dependencies. Events go in batches of NDJSON; a busy or restarting server is waited for
 * (429 and 503 with Retry-After, broken connections, an earlier try that is still being stored); a repeated batch
 * carries the same Idempotency-Key, so that nothing is stored twice. A promise resolves when the server has stored the
 * events; those that it refused are in the receipt, and stop no others.
 *
 * Example: `await new Tiltmeter({ url, key }).predictions([{ model: 'm', features: { age: 41 }, prediction: 1 }])`
 * → `{ received: 1, stored: 1, duplicates: 0, rejected: [], rejected_total: 0 }`
 */
export declare class Tiltmeter {
    #private;
    constructor(options: TiltmeterOptions);
    predictions(events: readonly Prediction[], options?: SendOptions): Promise<Receipt>;
    labels(events: readonly Label[], options?: SendOptions): Promise<Receipt>;
    outcomes(events: readonly Outcome[], options?: SendOptions): Promise<Receipt>;
    changes(events: readonly Change[], options?: SendOptions): Promise<Receipt>;
    /** What the stages of a pipeline say of themselves. */
    stages(events: readonly Stage[], options?: SendOptions): Promise<Receipt>;
    /** Any other address of the API: `await client.call('GET', '/models')`. What is answered as text comes as text. */
    call<Reply>(method: string, path: string, body?: unknown): Promise<Reply>;
    /** A raw body, such as a file: `await client.upload('/models/m/references/file?name=training', csv, 'text/csv')`. */
    upload<Reply>(path: string, body: string | Uint8Array<ArrayBuffer>, contentType: string): Promise<Reply>;
}
