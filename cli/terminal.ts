import pc from 'picocolors';

/** What a command may touch of the process it runs in; tests pass their own. */
export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  /** Where answers come from; absent where nobody can be asked. */
  readonly stdin?: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  /** `columns`: its width, where it is a terminal. */
  /** Listens for Ctrl-C from now on; absent where nobody can press it. */
  readonly interrupt?: () => AbortSignal;
  readonly stdout: NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean };
}

/** What steers a terminal; line feeds, tabs and the colours that a command gives its own words do not. */
const STEERING =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not reach a terminal
  /\u001b(?!\[[\d;]*m)|[\u0000-\u0008\u000b-\u001a\u001c-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Writes one line, without what could steer the terminal: names in it may be others' choice. `say(terminal, 'done')` */
export function say(terminal: Terminal, line = ''): void {
  terminal.stdout.write(`${line.replace(STEERING, '�')}\n`);
}

/** Writes one line beside what was asked for, as `say` does. */
export function note(terminal: Terminal, line: string): void {
  terminal.stderr.write(`${line.replace(STEERING, '�')}\n`);
}

/** Whether what is written there may have colours: never in a file or a pipe, whatever the process runs in. */
export function inColour({ env }: Terminal, stream: { readonly isTTY?: boolean }): boolean {
  const wanted = env.NO_COLOR === undefined || env.NO_COLOR === '';
  return stream.isTTY === true && wanted && env.TERM !== 'dumb';
}

/** Colours for lines written there. `say(terminal, paint(terminal, terminal.stdout).bold('done'))` */
export const paint = (terminal: Terminal, stream: { readonly isTTY?: boolean }) =>
  pc.createColors(inColour(terminal, stream));
