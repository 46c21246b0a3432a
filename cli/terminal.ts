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

/** Writes one line. `say(terminal, 'done')` */
export function say(terminal: Terminal, line = ''): void {
  terminal.stdout.write(`${line}\n`);
}

/** Whether what is written there may have colours: never in a file or a pipe, whatever the process runs in. */
export function inColour({ env }: Terminal, stream: { readonly isTTY?: boolean }): boolean {
  const wanted = env.NO_COLOR === undefined || env.NO_COLOR === '';
  return stream.isTTY === true && wanted && env.TERM !== 'dumb';
}

/** Colours for lines written there. `say(terminal, paint(terminal, terminal.stdout).bold('done'))` */
export const paint = (terminal: Terminal, stream: { readonly isTTY?: boolean }) =>
  pc.createColors(inColour(terminal, stream));
