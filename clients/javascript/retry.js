const PATIENT = {
    count: 10,
    baseMs: 100,
    maxMs: 10_000,
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};
/**
 * Repeats `attempt` while it says `again` or the connection breaks (a TypeError of `fetch`); any other error is
 * final. After the last try the last error is thrown.
 */
export async function retrying(options, attempt) {
    const attempts = { ...PATIENT, ...options };
    for (let i = 1;; i++) {
        const result = await attempt().catch((error) => {
            if (error instanceof TypeError)
                return { again: error };
            throw error;
        });
        if ('value' in result)
            return result.value;
        if (i >= attempts.count)
            throw result.again;
        const backoff = Math.min(attempts.maxMs, attempts.baseMs * 2 ** (i - 1));
        await attempts.sleep(result.afterSeconds === undefined ? backoff : result.afterSeconds * 1000);
    }
}
