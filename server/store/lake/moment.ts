/** Epoch milliseconds, as any expression gives them, as a moment of the lake: DateTime64(3, 'UTC'). */
export const momentOf = (ms: string) => `fromUnixTimestamp64Milli(${ms}, 'UTC')`;

/** A bound number of epoch milliseconds as a moment. `moment('from')` → "fromUnixTimestamp64Milli({from:Int64}, 'UTC')" */
export const moment = (parameter: string) => momentOf(`{${parameter}:Int64}`);
