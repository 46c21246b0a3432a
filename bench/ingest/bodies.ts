/** Predictions of one request body. */
export const ROWS = 500;
export const NUMERIC = 30;
export const CATEGORICAL = 8;

const COUNTER = 8;

/** A ready NDJSON body whose ids and times can be made new in place, as a sender makes them. */
export interface Body {
  readonly bytes: Buffer;
  /** Makes every id of the body one that was not sent before, and every time the last tenth of a second. */
  renew(): void;
}

/** Deterministic numbers in [0, 1): the same bodies in every run (mulberry32, public domain). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export interface Row {
  readonly id: string;
  readonly time: number;
  readonly features: Record<string, number | string>;
  readonly prediction: number;
}

/** Rows with 30 numbers of various scales and 8 categories of 3 to 2,000 values. */
export function* rows(seed: number, count: number, from: number): Generator<Row> {
  const next = random(seed);
  for (let i = 0; i < count; i++) {
    const features: Record<string, number | string> = {};
    for (let n = 0; n < NUMERIC; n++) {
      const value = (next() + next() + next() - 1.5) * 10 ** (n % 5);
      features[`number_${n}`] = n % 6 === 5 ? Math.round(value * 100) : Number(value.toPrecision(9));
    }
    for (let c = 0; c < CATEGORICAL; c++) {
      features[`category_${c}`] = `value-${Math.floor(next() ** 2 * 3 * 2.5 ** c)}`;
    }
    const id = `${seed.toString(36).padStart(4, '0')}-${i.toString(36).padStart(4, '0')}-${'0'.repeat(COUNTER)}`;
    yield { id, time: from + i, features, prediction: Number(next().toFixed(6)) };
  }
}

let sent = 0;

export function body(seed: number, model: string, count = ROWS): Body {
  const lines = [...rows(seed, count, Date.now())].map((row) => `${JSON.stringify({ model, ...row })}\n`);
  const bytes = Buffer.from(lines.join(''));
  const times: number[] = [];
  let start = 0;
  for (const line of lines) {
    times.push(start + line.indexOf('"time":') + 7);
    start += line.length;
  }
  // …<counter>","time":<milliseconds>
  const counters = times.map((position) => position - '","time":'.length - COUNTER);
  return {
    bytes,
    renew() {
      const counter = Buffer.from((sent++).toString(36).padStart(COUNTER, '0'));
      const now = Date.now();
      for (let i = 0; i < count; i++) {
        counter.copy(bytes, counters[i]!);
        bytes.write(String(now - Math.floor((count - i) / 5)), times[i]!, 'latin1');
      }
    },
  };
}
