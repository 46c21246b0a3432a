import { TiltmeterApiError } from '../clients/typescript/tiltmeter.ts';
import { CANNOT_START, ERRORS, TiltmeterError } from '../contract/errors.ts';

/** A failure as people see it: one line, what to do, and the exit code. */
export interface Failure {
  readonly line: string;
  readonly hint: string | undefined;
  readonly exit: 1 | 2;
}

/** Nothing could be done: the server cannot start like this, or the input cannot be read. */
const COULD_NOT_RUN: ReadonlySet<string> = new Set([...CANNOT_START, 'unreadable_table']);

/** The user asked for something that cannot be done as typed; exit 2. */
export class Misuse extends Error {
  readonly hint: string | undefined;

  constructor(message: string, hint?: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'Misuse';
    this.hint = hint;
  }
}

/** Total: whatever was thrown becomes one line and a hint, never a stack trace. */
export function failureOf(error: unknown): Failure {
  if (error instanceof Misuse) return { line: error.message, hint: error.hint, exit: 2 };
  if (error instanceof TiltmeterError) {
    return {
      line: error.message,
      hint: ERRORS[error.code].hint,
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
