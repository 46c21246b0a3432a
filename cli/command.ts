import type { Command } from 'commander';
import type { Terminal } from './terminal.ts';

/** One command of the program; `exit` sets an exit code other than 0 without an error. */
export type MakeCommand = (terminal: Terminal, exit: (code: number) => void) => Command;

/** The last part of every `--help`. */
export function example(command: Command, ...lines: string[]): Command {
  return command.addHelpText('after', `\nExample:\n${lines.map((line) => `  $ ${line}`).join('\n')}`);
}
