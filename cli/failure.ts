import { TiltmeterApiError } from '../clients/typescript/tiltmeter.ts';
import { CANNOT_START, ERRORS, type ErrorCode, TiltmeterError } from '../contract/errors.ts';

/** A failure as people see it: one line, what to do, and the exit code. */
export interface Failure {
  readonly line: string;
  readonly hint: string | undefined;
  readonly exit: 1 | 2;
}

/** The table speaks of these to those who sent a request; here it is the server itself that did not get its store. */
const OF_THE_SERVER: ReadonlySet<string> = new Set(['store_unavailable', 'internal']);
/** Hints of the table speak to those who write requests; these to somebody at a terminal. */
const AT_TERMINAL: Readonly<Partial<Record<ErrorCode, string>>> = {
  invalid_request: 'The message says what is wrong; --help shows what the command takes, with examples.',
  not_authenticated:
    'Give a key that is valid with --key or TILTMETER_KEY. "tiltmeter key make --name me --scope write" makes one on the machine of the server; so does the dashboard, under Settings.',
  not_allowed:
    'Use a key with the scope for it: "tiltmeter key make --name me --scope read --scope write" on the machine of the server, or the dashboard under Settings; else ask an admin.',
  model_not_allowed:
    'Use a key of this model, or of all models: "tiltmeter key make", or the dashboard under Settings.',
  label_type_mismatch:
    "Give labels as those before; a column of another type is named with --map label=COLUMN. The type of a model's labels is set in the dashboard, under its settings.",
  empty_body: 'Check that it is the right file: it has no row, at most a header.',
  body_too_large: 'Give less at once: leave columns out with --ignore, or split the file.',
};
const NOT_OPENED = 'See docs/operating.md; "tiltmeter doctor" looks at the data folder.';
/** Nothing could be done: the server cannot start like this, or the input cannot be read. */
const COULD_NOT_RUN: ReadonlySet<string> = new Set([
  ...CANNOT_START,
  'unreadable_table',
  'nothing_to_compare',
  'invalid_mapping',
]);

/** The user asked for something that cannot be done as typed; exit 2. */
export class Misuse extends Error {
  readonly hint: string | undefined;

  constructor(message: string, hint?: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'Misuse';
    this.hint = hint;
  }
}

/** Something else than the server could not do what was asked of it; exit 1. */
export class Failed extends Error {
  readonly hint: string | undefined;

  constructor(message: string, hint?: string) {
    super(message);
    this.name = 'Failed';
    this.hint = hint;
  }
}

/** The user pressed Ctrl-C; what was done until then stays. */
export class Interrupted extends Error {
  constructor() {
    super('Interrupted');
    this.name = 'Interrupted';
  }
}

/** The message, and in the engine's own words why, when somebody else's error is behind it. */
function withCause({ message, cause }: TiltmeterError): string {
  const why = cause instanceof Error ? cause.message.split('\n')[0]!.slice(0, 300) : '';
  return why === '' || message.includes(why) ? message : `${message}: ${why}`;
}

/** What a person at a terminal can do; of codes that a newer server has, what it says. */
function hintOf(error: TiltmeterError | TiltmeterApiError): string | undefined {
  const code = error.code as ErrorCode;
  return AT_TERMINAL[code] ?? (error instanceof TiltmeterApiError ? error.hint : ERRORS[code].hint);
}

/** Total: whatever was thrown becomes one line and a hint, never a stack trace. */
export function failureOf(error: unknown): Failure {
  if (error instanceof Misuse) return { line: error.message, hint: error.hint, exit: 2 };
  if (error instanceof Failed) return { line: error.message, hint: error.hint, exit: 1 };
  if (error instanceof Interrupted) return { line: error.message, hint: undefined, exit: 1 };
  if (error instanceof TiltmeterError) {
    const own = OF_THE_SERVER.has(error.code);
    return {
      line: own ? withCause(error) : error.message,
      hint: own ? NOT_OPENED : hintOf(error),
      exit: COULD_NOT_RUN.has(error.code) ? 2 : 1,
    };
  }
  if (error instanceof TiltmeterApiError) {
    return { line: `${error.message} (${error.code})`, hint: hintOf(error), exit: 1 };
  }
  if (error instanceof TypeError && error.message === 'fetch failed') {
    const reason = (error.cause as { code?: string } | undefined)?.code ?? 'no connection';
    return {
      line: `The server does not answer (${reason})`,
      hint: 'Start it with "tiltmeter serve", or give its address with --url or TILTMETER_URL.',
      exit: 1,
    };
  }
  const system = error as { code?: string; path?: string; message?: string };
  if (system?.code === 'ENOENT' && system.path !== undefined) {
    return { line: `There is no file ${system.path}`, hint: 'Check the path.', exit: 2 };
  }
  if (system?.code === 'EACCES' && system.path !== undefined) {
    return { line: `${system.path} may not be read or written`, hint: 'Check its owner and mode.', exit: 1 };
  }
  const message = String(system?.message ?? error).split('\n')[0]!;
  return { line: message, hint: 'TILTMETER_LOG_LEVEL=debug shows more.', exit: 1 };
}
