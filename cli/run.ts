import { inspect } from 'node:util';
import { Command, CommanderError } from 'commander';
import pkg from '../package.json' with { type: 'json' };
import type { MakeCommand } from './command.ts';
import { COMMANDS } from './commands/index.ts';
import { failureOf } from './failure.ts';
import { note, type Terminal } from './terminal.ts';

/** Runs one command line and resolves to its exit code: 0 done, 1 failed, 2 misused. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const program = new Command('tiltmeter')
    .description('The observability system for machine-learning models in production')
    .version(pkg.version, '--version', 'prints the version')
    .showHelpAfterError('(--help shows what is possible)');
  let exit = 0;
  for (const command of await asked(args[0])) {
    program.addCommand(command(terminal, (code) => (exit = code)));
  }
  quiet(program, terminal);
  try {
    await program.parseAsync(args, { from: 'user' });
    return exit;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    const failure = failureOf(error);
    note(terminal, `tiltmeter: ${failure.line}`);
    if (failure.hint !== undefined) note(terminal, `  ${failure.hint}`);
    if (terminal.env.TILTMETER_LOG_LEVEL === 'debug') note(terminal, inspect(error));
    return failure.exit;
  }
}

/** The command that the first word names, or all of them for the help. */
async function asked(name: string | undefined): Promise<MakeCommand[]> {
  const load = name === undefined || !Object.hasOwn(COMMANDS, name) ? undefined : COMMANDS[name];
  return Promise.all(load ? [load()] : Object.values(COMMANDS).map((each) => each()));
}

/** Commander throws instead of ending the process, and writes where the terminal says, in every command. */
function quiet(command: Command, terminal: Terminal): void {
  command.exitOverride().configureOutput({
    writeOut: (text) => terminal.stdout.write(text),
    writeErr: (text) => terminal.stderr.write(text.replace(/^error: /, 'tiltmeter: ')),
  });
  for (const child of command.commands) quiet(child, terminal);
}
