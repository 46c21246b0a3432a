import { z } from 'zod';
import { FEATURE_NAME } from './name.ts';
import { Measured } from './version-comparison.ts';

/** How a model is asked over HTTP. `template`: a JSON body of one's own. */
export const EndpointProtocol = z.enum(['kserve-v1', 'kserve-v2', 'template']);
export type EndpointProtocol = z.infer<typeof EndpointProtocol>;

/** The sign that stands for the features in a body of one's own. */
export const FEATURES_SIGN = '$features';

const MOST_ROWS = 1000;
const HOUR = 3_600_000;

const HEADER = /^[\w!#$%&'*+.^`|~-]{1,128}$/;
/** Headers that say where a request goes and where it ends: they are the server's own. */
const OWN_HEADERS =
  /^(host|content-length|transfer-encoding|connection|upgrade|expect|te|trailer|keep-alive|proxy-.*)$/i;

const MOST_BODY = 16_384;
const DEEPEST = 32;

const Value = z.union([z.number(), z.string().max(4096), z.boolean(), z.null()]);

/** A row of a labelled set: what the endpoint is asked, and what is right. */
export const HoldRow = z
  .object({
    features: z
      .record(z.string(), Value)
      .refine((features) => Object.keys(features).length > 0, 'must name a feature')
      .refine(
        (features) => Object.keys(features).every((name) => FEATURE_NAME.test(name)),
        'must have names as features of predictions have',
      ),
    label: z.union([z.number(), z.string().min(1).max(1024), z.boolean()]),
  })
  .strict();
export type HoldRow = z.infer<typeof HoldRow>;

/** Where a model answers and how it is asked. The address and the headers are never shown again. */
export const HoldEndpoint = z
  .object({
    url: z
      .url({ protocol: /^https?$/, error: 'must be an http or https address' })
      .max(2048)
      .refine(hasNoUser, 'must hold no user or password: send them as a header'),
    headers: z
      .record(
        z.string(),
        z
          .string()
          .max(4096)
          .regex(/^[\t\x20-\x7e]*$/, 'must be plain characters (ASCII)'),
      )
      .refine((headers) => Object.keys(headers).length <= 20, 'must be at most 20')
      .refine(
        (headers) => Object.keys(headers).every((name) => HEADER.test(name)),
        'must have names of letters, digits and the signs that HTTP allows',
      )
      .refine(
        (headers) => !Object.keys(headers).some((name) => OWN_HEADERS.test(name)),
        'must leave host, content-length and others that say where a request goes and ends to the server',
      )
      .default({}),
    protocol: EndpointProtocol.default('kserve-v1'),
    /** Of `template`: what is sent, with the text "$features" where the features go. */
    body: z
      .unknown()
      .refine((body) => isShallow(body, DEEPEST), `must be nested at most ${DEEPEST} deep`)
      .refine(
        (body) => !isShallow(body, DEEPEST) || (JSON.stringify(body) ?? '').length <= MOST_BODY,
        `must have at most ${MOST_BODY} characters`,
      )
      .optional(),
    /** Where in the reply the answer stands, as names and numbers: `result.0.label`. */
    answer: z.string().min(1).max(256).optional(),
    /** Classes in the order of the probabilities that it answers with; of one probability the second is the one it is of. */
    classes: z.array(z.string().min(1).max(256)).max(100).default([]),
    timeout_ms: z.number().int().min(100).max(30_000).default(5_000),
  })
  .strict()
  .refine(({ protocol, body }) => (protocol === 'template') === (body !== undefined), {
    path: ['body'],
    error: 'belongs to the protocol template, and that needs one',
  })
  .refine(({ body }) => body === undefined || !isShallow(body, DEEPEST) || holdsFeatures(body), {
    path: ['body'],
    error: 'must have the text "$features" where the features go',
  });
export type HoldEndpoint = z.infer<typeof HoldEndpoint>;

function hasNoUser(address: string): boolean {
  if (!URL.canParse(address)) return true;
  const { username, password } = new URL(address);
  return username === '' && password === '';
}

/** Whether a JSON value is nested at most so deep. */
function isShallow(value: unknown, deepest: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return deepest > 0 && Object.values(value).every((part) => isShallow(part, deepest - 1));
}

const holdsFeatures = (body: unknown) => JSON.stringify(body).includes(JSON.stringify(FEATURES_SIGN));

/** A fixed, labelled set that is run through the endpoint of a model again and again. */
export const NewHold = z
  .object({
    endpoint: HoldEndpoint,
    rows: z
      .array(HoldRow)
      .min(20, 'must have at least 20 rows')
      .max(MOST_ROWS, `must have at most ${MOST_ROWS} rows`),
    every_ms: z
      .number()
      .int()
      .min(HOUR, 'must be at least an hour')
      .max(7 * 24 * HOUR, 'must be at most a week')
      .default(24 * HOUR),
    /** Whether labels are classes or numbers; by the labels when absent. */
    task: z.enum(['classes', 'numbers']).optional(),
  })
  .strict();
export type NewHold = z.infer<typeof NewHold>;

/** Why a row, or a run, has no answer. */
export const NoAnswer = z.enum([
  'timeout',
  'unreachable',
  'private_address',
  'http_error',
  'not_json',
  'no_answer',
  'too_large',
  'interrupted',
]);
export type NoAnswer = z.infer<typeof NoAnswer>;

/** What came of one run. */
export const HoldRun = z.object({
  at: z.string(),
  took_ms: z.number(),
  rows: z.number(),
  answered: z.number(),
  /** Rows without an answer, by reason. */
  unanswered: z.array(z.object({ reason: NoAnswer, n: z.number(), sentence: z.string() })),
  /** Why the run tells nothing: fewer than nine of ten rows had an answer. Null where it does. */
  failed: z.object({ reason: NoAnswer, sentence: z.string() }).nullable(),
  /** Accuracy of classes, mean absolute error of numbers, over the rows that were answered. */
  quality: Measured,
  /** How much worse than the first run, row by row: points of accuracy, or of the error. Below 0 is better. */
  lost: Measured,
  /** 95th percentile of what an answer took; null without answers. */
  latency_p95_ms: z.number().nullable(),
});
export type HoldRun = z.infer<typeof HoldRun>;

/** The labelled set of a model and what became of it; no rows, no address. */
export const Hold = z.object({
  model: z.string(),
  /** The host that is asked. */
  host: z.string(),
  protocol: EndpointProtocol,
  rows: z.number(),
  task: z.enum(['classes', 'numbers']),
  metric: z.object({ id: z.string(), title: z.string(), worse: z.enum(['higher', 'lower']) }),
  every_ms: z.number(),
  timeout_ms: z.number(),
  next_at: z.string(),
  /** It is run at this moment. */
  running: z.boolean(),
  /** A monitor watches it. */
  watched: z.boolean(),
  created_at: z.string(),
  /** The newest hundred, the newest first. */
  runs: z.array(HoldRun),
});
export type Hold = z.infer<typeof Hold>;

/** The labelled set of a model; null where it has none. */
export const ModelHold = z.object({ model: z.string(), hold: Hold.nullable() });
export type ModelHold = z.infer<typeof ModelHold>;
