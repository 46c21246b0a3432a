import { TiltmeterApiError } from '../clients/typescript/tiltmeter.ts';
import { CANNOT_START, ERRORS, TiltmeterError } from '../contract/errors.ts';

/** A failure as people see it: one line, what to do, and the exit code. */
export interface Failure {
  readonly line: string;
  readonly hint: string | undefined;
  readonly exit: 1 | 2;
}

/** The table speaks of these to those who sent a request; here it is the server itself that did not get its store. */
const OF_THE_SERVER: ReadonlySet<string> = new Set(['store_unavailable', 'internal']);
const NOT_OPENED = 'See docs/operating.md; "tiltmeter doctor" looks at the data folder.';
/** Nothing could be done: the server cannot start like this, or the input cannot be read. */
const COULD_NOT_RUN: ReadonlySet<string> = new Set([...CANNOT_START, 'unreadable_table', 'invalid_mapping']);

/** The user asked for something that cannot be done as typed; exit 2. */
export class Misuse extends Error {
  readonly hint: string | undefined;

  constructor(message: string, hint?: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'Misuse';
    this.hint = hint;
  }
}

/** The message, and in the engine's own words why, when somebody else's error is behind it. */
function withCause({ message, cause }: TiltmeterError): string {
  const why = cause instanceof Error ? cause.message.split('\n')[0]!.slice(0, 300) : '';
  return why === '' || message.includes(why) ? message : `${message}: ${why}`;
}

/** Total: whatever was thrown becomes one line and a hint, never a stack trace. */
export function failureOf(error: unknown): Failure {
  if (error instanceof Misuse) return { line: error.message, hint: error.hint, exit: 2 };
  if (error instanceof TiltmeterError) {
    const own = OF_THE_SERVER.has(error.code);
    return {
      line: own ? withCause(error) : error.message,
      hint: own ? NOT_OPENED : ERRORS[error.code].hint,
      exit: COULD_NOT_RUN.has(error.code) ? 2 : 1,
    };
  }
  if (error instanceof TiltmeterApiError) {
    return { line: `${error.message} (${error.code})`, hint: error.hint, exit: 1 };
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
