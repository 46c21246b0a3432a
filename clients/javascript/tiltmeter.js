import { retrying } from './retry.js';
/** The server's answer was an error: its code of the documented table, its message and what to do. */
export class TiltmeterApiError extends Error {
    status;
    code;
    hint;
    constructor(status, code, message, hint) {
        super(message);
        this.name = 'TiltmeterApiError';
        this.status = status;
        this.code = code;
        this.hint = hint;
    }
}
/** Can a request carry it as it is? A key with a line break or a blank in it cannot be one. `isSendable('tm_a\\ntm_b')` → `false` */
export function isSendable(key) {
    return /^[\x21-\x7e]*$/.test(key);
}
/**
 * A thin client without dependencies. Events go in batches of NDJSON; a busy or restarting server is waited for
 * (429 and 503 with Retry-After, broken connections, an earlier try that is still being stored); a repeated batch
 * carries the same Idempotency-Key, so that nothing is stored twice. A promise resolves when the server has stored the
 * events; those that it refused are in the receipt, and stop no others.
 *
 * Example: `await new Tiltmeter({ url, key }).predictions([{ model: 'm', features: { age: 41 }, prediction: 1 }])`
 * → `{ received: 1, stored: 1, duplicates: 0, rejected: [], rejected_total: 0 }`
 */
export class Tiltmeter {
    #options;
    constructor(options) {
        const key = options.key.trim();
        // Said here and without the key: fetch would put it into its message.
        if (!isSendable(key))
            throw new Error('The API key has a blank, a line break or a sign that no key has');
        this.#options = { ...options, key, url: options.url.replace(/\/+$/, '') };
    }
    predictions(events, options) {
        return this.#send('predictions', events, options);
    }
    labels(events, options) {
        return this.#send('labels', events, options);
    }
    outcomes(events, options) {
        return this.#send('outcomes', events, options);
    }
    changes(events, options) {
        return this.#send('changes', events, options);
    }
    /** What the stages of a pipeline say of themselves. */
    stages(events, options) {
        return this.#send('stages', events, options);
    }
    /** Any other address of the API: `await client.call('GET', '/models')`. What is answered as text comes as text. */
    async call(method, path, body) {
        const headers = body === undefined ? {} : { 'content-type': 'application/json' };
        return this.#request(method, path, headers, body === undefined ? undefined : JSON.stringify(body));
    }
    /** A raw body, such as a file: `await client.upload('/models/m/references/file?name=training', csv, 'text/csv')`. */
    upload(path, body, contentType) {
        return this.#request('POST', path, { 'content-type': contentType }, body);
    }
    async #send(kind, events, options = {}) {
        const size = this.#options.batchSize ?? 1000;
        const key = options.idempotencyKey ?? crypto.randomUUID();
        let total = { received: 0, stored: 0, duplicates: 0, rejected: [], rejected_total: 0 };
        for (let start = 0; start < events.length; start += size) {
            const body = events
                .slice(start, start + size)
                .map((event) => JSON.stringify(event))
                .join('\n');
            const headers = { 'content-type': 'application/x-ndjson', 'idempotency-key': `${key}-${start}` };
            const receipt = await this.#request('POST', `/${kind}`, headers, body);
            total = added(total, receipt, start);
        }
        return total;
    }
    #request(method, path, headers, body) {
        const { url, key, attempts } = this.#options;
        const call = this.#options.fetch ?? fetch;
        return retrying(attempts, async () => {
            const response = await call(`${url}/api/v1${path}`, {
                method,
                headers: { authorization: `Bearer ${key}`, ...headers },
                ...(body === undefined ? {} : { body }),
            });
            const text = await response.text();
            const repeated = response.headers.get('idempotent-replayed') === 'true' ? { repeated: true } : {};
            if (response.ok) {
                const plain = response.headers.get('content-type')?.startsWith('text/') ?? false;
                const value = text === '' ? undefined : plain ? text : JSON.parse(text);
                return { value: ('repeated' in repeated ? { ...value, ...repeated } : value) };
            }
            const refused = response.status === 422 ? receiptOf(text) : undefined;
            if (refused !== undefined)
                return { value: { ...refused, ...repeated } };
            const error = errorOf(response.status, text);
            if (!isPassing(error))
                throw error;
            const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
            return { again: error, ...(seconds >= 0 ? { afterSeconds: seconds } : {}) };
        });
    }
}
/** The receipts of two batches as one; `index` keeps counting from the first event of the call. */
function added(total, next, offset) {
    const dropped = (total.dropped_features ?? 0) + (next.dropped_features ?? 0);
    const warnings = [...new Set([...(total.warnings ?? []), ...(next.warnings ?? [])])];
    return {
        received: total.received + next.received,
        stored: total.stored + next.stored,
        duplicates: total.duplicates + next.duplicates,
        rejected: [...total.rejected, ...next.rejected.map((r) => ({ ...r, index: r.index + offset }))],
        rejected_total: total.rejected_total + next.rejected_total,
        ...(next.repeated && (offset === 0 || total.repeated) ? { repeated: true } : {}),
        ...(dropped > 0 ? { dropped_features: dropped } : {}),
        ...(warnings.length > 0 ? { warnings } : {}),
    };
}
/** The server is busy or away, or an earlier try of the same request is still being stored: it may work later. */
function isPassing({ status, code }) {
    return status === 408 || status === 429 || status === 503 || code === 'idempotency_in_progress';
}
/** The receipt of a batch of which every event was refused: it comes beside the error. */
function receiptOf(text) {
    try {
        const { error: _, ...rest } = JSON.parse(text);
        return Array.isArray(rest.rejected) ? rest : undefined;
    }
    catch {
        return undefined;
    }
}
function errorOf(status, text) {
    try {
        const { error } = JSON.parse(text);
        return new TiltmeterApiError(status, error.code, error.message, error.hint);
    }
    catch {
        return new TiltmeterApiError(status, 'unexpected_answer', `The server answered ${status} without an error body`);
    }
}
