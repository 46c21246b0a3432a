import { SCRAPE_ERRORS } from './scrape-errors.ts';

/**
 * The one table of error codes. Every message a user can see comes from here; `docs/errors.md` has one
 * section per code, and a conformance test fails when either side lacks one.
 */
export interface ErrorKind {
  /** HTTP status when the whole request fails; rows in a receipt carry only the code. */
  readonly status: number;
  /** What is wrong, in general. A concrete message names the place. */
  readonly title: string;
  /** What to do about it. */
  readonly hint: string;
}

export const ERRORS = {
  // the request as a whole
  invalid_json: {
    status: 400,
    title: 'The body is not valid JSON',
    hint: 'Send one JSON object, an array of objects, or one object per line with content-type application/x-ndjson.',
  },
  invalid_protobuf: {
    status: 400,
    title: 'The body is not a message of protobuf',
    hint: 'Send what an OTLP exporter or Prometheus makes, whole, with content-type application/x-protobuf.',
  },
  empty_body: { status: 400, title: 'The body is empty', hint: 'Send at least one object.' },
  invalid_request: {
    status: 400,
    title: 'The request does not have the documented shape',
    hint: 'The message says what is wrong, and details name each field; /docs of the server shows the shape.',
  },
  invalid_compression: {
    status: 400,
    title: 'The body could not be decompressed',
    hint: 'Set content-encoding to gzip, zstd or snappy (a block) and send all of it.',
  },
  unsupported_encoding: {
    status: 415,
    title: 'The content encoding is not supported',
    hint: 'Use gzip, zstd, snappy or no encoding.',
  },
  unsupported_media_type: {
    status: 415,
    title: 'The content type is not supported',
    hint: 'Use application/json or application/x-ndjson; for OTLP application/x-protobuf or application/json; for remote write application/x-protobuf; of a file send its bytes as the body, in no form.',
  },
  body_too_large: {
    status: 413,
    title: 'The body is larger than the limit',
    hint: 'Split it; 500 to 5,000 events a request is a good size. The limit counts decompressed bytes.',
  },
  too_slow: {
    status: 408,
    title: 'The body came too slowly',
    hint: 'Send it again, in smaller requests where the line is slow: while a body comes it takes room from others.',
  },
  sender_gone: {
    status: 400,
    title: 'The sender went away before it was answered',
    hint: 'Nothing of this request was acknowledged. Send it again, and wait for the answer.',
  },
  wrong_host: {
    status: 421,
    title: 'The server does not answer to this name',
    hint: 'Set TILTMETER_ADDRESS to the address people use, or name further hosts in TILTMETER_HOSTS.',
  },
  not_authenticated: {
    status: 401,
    title: 'No valid key or session came with the request',
    hint: 'Send "Authorization: Bearer <key>", or sign in.',
  },
  not_allowed: {
    status: 403,
    title: 'The key or user may not do this',
    hint: 'Ask an admin for a role or a key scope that may.',
  },
  cross_origin: {
    status: 403,
    title: 'The request came from another site',
    hint: 'Call the API with a key, or from the dashboard itself.',
  },
  not_found: {
    status: 404,
    title: 'There is nothing at this address',
    hint: 'Check the spelling; lists show what exists.',
  },
  method_not_allowed: {
    status: 405,
    title: 'This address does not take this method',
    hint: 'See /docs for the methods of each address.',
  },
  conflict: {
    status: 409,
    title: 'Something with this name already exists, or it changed meanwhile',
    hint: 'Read it again, then repeat the change.',
  },
  matches_everything: {
    status: 409,
    title: 'The silence would hold for every incident',
    hint: 'Add a matcher, or send it again with "everything": true when that is what you want.',
  },
  model_being_deleted: {
    status: 409,
    title: 'A model of this name is being deleted',
    hint: 'Wait a minute: its name is free when everything of it is gone. Events are kept among the rejected ones and can be sent again.',
  },
  idempotency_in_progress: {
    status: 409,
    title: 'A request with this Idempotency-Key is still being stored',
    hint: 'Wait for Retry-After seconds, then repeat the request unchanged.',
  },
  idempotency_mismatch: {
    status: 422,
    title: 'This Idempotency-Key was used for a different body',
    hint: 'Use a new key for a new body.',
  },
  too_many_requests: {
    status: 429,
    title: 'More arrives than can be stored right now',
    hint: 'Wait for Retry-After seconds, then send the same request again.',
  },
  store_unavailable: {
    status: 503,
    title: 'The store is not answering',
    hint: 'Nothing of this request was acknowledged. Wait for Retry-After seconds, then send it again.',
  },
  stopping: {
    status: 503,
    title: 'The server is stopping',
    hint: 'Send the request again after the restart.',
  },
  table_missing: {
    status: 503,
    title: 'A table of the lake is missing',
    hint: 'Somebody dropped it, and it could not be made again; the log says why. It is tried again with every request.',
  },
  disk_full: {
    status: 503,
    title: 'The disk of the data folder is full',
    hint: 'Free space or shorten retention; nothing acknowledged was lost.',
  },
  lease_lost: {
    status: 503,
    title: 'Another server has taken this work over',
    hint: 'Nothing was decided here; the other server does it.',
  },
  no_common_columns: {
    status: 422,
    title: 'The reference has no column in common with the model',
    hint: 'Name the columns of the file as the model names its features, or send the file of the right model.',
  },
  reference_too_large: {
    status: 413,
    title: 'Reading the reference file takes more time or memory than it may',
    hint: 'Leave columns out, or send every tenth row: some ten thousand rows say what is normal.',
  },
  query_too_large: {
    status: 422,
    title: 'The question needs more time or memory than one query may use',
    hint: 'Ask for a shorter time range or fewer columns.',
  },
  internal: {
    status: 500,
    title: 'Something failed inside Tiltmeter',
    hint: 'The log of the server has the details under the request id.',
  },
  // one event of a batch
  invalid_event: {
    status: 422,
    title: 'The event is not a JSON object',
    hint: 'Send an object with at least "model" and one of "features" and "prediction".',
  },
  missing_field: {
    status: 422,
    title: 'A required field is missing',
    hint: 'Add the field that the message names.',
  },
  unknown_field: {
    status: 422,
    title: 'The event has a field that does not exist',
    hint: 'Put your own values under "features" or "tags".',
  },
  invalid_field: {
    status: 422,
    title: 'A field has a value of the wrong type',
    hint: 'The message names the field and what it takes.',
  },
  unknown_definition: {
    status: 422,
    title: 'The profile was counted by another definition',
    hint: 'Bring the agent and the server to the same version: profiles of different definitions cannot be merged.',
  },
  damaged_profile: {
    status: 422,
    title: 'The numbers of the profile contradict one another',
    hint: 'Send the file as the agent wrote it. Of a column with a privacy rule no profile is taken: leave it out of what the agent gets.',
  },
  label_type_mismatch: {
    status: 422,
    title: 'The label is of another type than those of this model',
    hint: 'Send labels as those before, or set label_type of the model (PATCH /api/v1/models/{model}); of a regression they are numbers.',
  },
  invalid_time: {
    status: 422,
    title: 'The time cannot be read or lies outside the accepted range',
    hint: 'Send RFC 3339 or epoch milliseconds between 2000-01-01 and one day from now.',
  },
  invalid_telemetry: {
    status: 400,
    title: 'A span, log record, point or series is not as its protocol has it',
    hint: 'The message says what is wrong with it; records beside it were stored.',
  },
  invalid_payload: {
    status: 422,
    title: 'What a payload logger sent cannot be read as predictions',
    hint: 'The message says what does not fit; docs/payload-loggers.md says what is read.',
  },
  unpaired_payload: {
    status: 422,
    title: 'A request came without its response, or a response without its request',
    hint: 'Have the logger send both (KServe: logger mode all) to the same server, with the same id, within a minute.',
  },
  too_many_series: {
    status: 422,
    title: 'The key has more series of metrics in an hour than it may',
    hint: 'Take ids, addresses and the like out of the attributes of metrics; series that were there before are stored.',
  },
  invalid_id: {
    status: 422,
    title: 'The id is not usable',
    hint: 'Use a string of 1 to 256 characters without control characters.',
  },
  invalid_model_name: {
    status: 422,
    title: 'The model name is not usable',
    hint: 'Use 1 to 64 letters, digits, ".", "_" or "-", starting with a letter or digit.',
  },
  invalid_feature_name: {
    status: 422,
    title: 'A feature name is not usable',
    hint: 'Use 1 to 128 printable characters without quotes, backticks, backslashes or semicolons, not starting with "_".',
  },
  model_not_allowed: {
    status: 403,
    title: 'The key is for other models',
    hint: 'Send it with a key of this model, or of all models.',
  },
  unknown_model: {
    status: 422,
    title: 'The model does not exist and may not be created by an event',
    hint: 'Create it first, or switch auto_create on.',
  },
  too_many_models: {
    status: 422,
    title: 'Events may not create any more models',
    hint: 'Put ids, dates and versions elsewhere than in the name; from 1,000 models on, people create them.',
  },
  too_many_features: {
    status: 422,
    title: 'The model would have more columns than allowed',
    hint: 'A model has at most 1,000 feature columns. Remove some under its settings, or leave columns out of the file.',
  },
  string_too_long: {
    status: 422,
    title: 'A string is longer than allowed',
    hint: 'Feature strings have at most 8,192 characters; send a hash or a category instead.',
  },
  number_not_finite: {
    status: 422,
    title: 'A number is not finite',
    hint: 'JSON has no NaN or Infinity; send null for a missing value.',
  },
  invalid_unicode: {
    status: 422,
    title: 'A string is not valid Unicode',
    hint: 'Remove lone surrogates and NUL characters.',
  },
  event_too_large: {
    status: 422,
    title: 'One event is larger than the limit',
    hint: 'An event has at most 1 MiB of JSON.',
  },
  // the server itself, printed on stderr
  data_folder_locked: {
    status: 500,
    title: 'Another Tiltmeter already uses this data folder',
    hint: 'Stop the other process, or choose another folder with --data.',
  },
  data_folder_not_writable: {
    status: 500,
    title: 'The data folder cannot be written',
    hint: 'Change its owner or choose another folder with --data.',
  },
  port_in_use: {
    status: 500,
    title: 'The port is taken',
    hint: 'Choose another port with --port, or stop what listens there.',
  },
  public_address_refused: {
    status: 500,
    title: 'Refusing to listen on a public address without a way to sign in',
    hint: 'Sign in once on 127.0.0.1 first, or set TILTMETER_ADMIN_KEY.',
  },
  unsupported_platform: {
    status: 500,
    title: 'The embedded lake does not run on this platform',
    hint: 'Use Linux (glibc) or macOS, or set TILTMETER_LAKE_URL to a ClickHouse server.',
  },
  invalid_option: {
    status: 500,
    title: 'A command-line option or environment variable cannot be used',
    hint: 'The message names it; see --help.',
  },
  invalid_mapping: {
    status: 400,
    title: 'The columns of the table cannot be taken for that',
    hint: 'Name columns as the table has them, one for each part; what is understood of a table is shown before anything is stored.',
  },
  unreadable_table: {
    status: 422,
    title: 'A file cannot be read as a table',
    hint: 'Tiltmeter reads CSV, TSV, Parquet, Arrow and JSON lines, plain or .gz. The message names the file and the place.',
  },
  nothing_to_compare: {
    status: 422,
    title: 'Two tables have no column that can be compared',
    hint: 'Columns are compared by their names: check that the two files are of one kind, or name the columns of one as the other does.',
  },
  private_address: {
    status: 422,
    title: 'The address points into a private network',
    hint: 'Allow it with TILTMETER_ALLOW_PRIVATE_ADDRESSES=1 when this is intended; for what is scraped alone with TILTMETER_SCRAPE_PRIVATE_ADDRESSES=1, for MLflow alone with TILTMETER_MLFLOW_PRIVATE_ADDRESSES=1.',
  },
  ...SCRAPE_ERRORS,
} as const satisfies Record<string, ErrorKind>;

export type ErrorCode = keyof typeof ERRORS;

/** The server cannot start as it was asked to: trying again changes nothing. A process ends with exit code 2. */
export const CANNOT_START: ReadonlySet<string> = new Set<ErrorCode>([
  'data_folder_locked',
  'data_folder_not_writable',
  'port_in_use',
  'public_address_refused',
  'unsupported_platform',
  'invalid_option',
]);

/** An expected failure: it has a code of the table, a message for people, and no stack trace for them. */
export class TiltmeterError extends Error {
  readonly code: ErrorCode;
  readonly details: unknown;
  /** Seconds for a Retry-After header; only with 429 and 503. */
  readonly retryAfter: number | undefined;

  constructor(
    code: ErrorCode,
    message?: string,
    options: { details?: unknown; retryAfter?: number; cause?: unknown } = {},
  ) {
    super(message ?? ERRORS[code].title, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'TiltmeterError';
    this.code = code;
    this.details = options.details;
    this.retryAfter = options.retryAfter;
  }

  get status(): number {
    return ERRORS[this.code].status;
  }
}

/** The error body of the HTTP API. `errorBody(new TiltmeterError('not_found'))` → `{error:{code:'not_found',…}}` */
export function errorBody(error: TiltmeterError) {
  const { code, message, details } = error;
  return { error: { code, message, hint: ERRORS[code].hint, ...(details === undefined ? {} : { details }) } };
}
