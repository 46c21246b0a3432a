import { Command, CommanderError } from 'commander';
import { check } from './commands/check.ts';
import { demo } from './commands/demo.ts';
import { doctor } from './commands/doctor.ts';
import { importFile } from './commands/import.ts';
import { incident } from './commands/incident.ts';
import { loginLink } from './commands/login-link.ts';
import { model } from './commands/model.ts';
import { monitor } from './commands/monitor.ts';
import { reference } from './commands/reference.ts';
import { serve } from './commands/serve.ts';
import { failureOf } from './failure.ts';
import type { Terminal } from './terminal.ts';

/** Every command, in the order of the help. */
export const COMMANDS = [
  serve,
  demo,
  check,
  model,
  monitor,
  incident,
  reference,
  importFile,
  loginLink,
  doctor,
];

/** Runs one command line and resolves to its exit code: 0 done, 1 failed, 2 misused. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const program = new Command('tiltmeter')
    .description('The observability system for machine-learning models in production')
    .showHelpAfterError('(--help shows what is possible)');
  let exit = 0;
  for (const command of COMMANDS) {
    program.addCommand(command(terminal, (code) => (exit = code)));
  }
  quiet(program, terminal);
  try {
    await program.parseAsync(args, { from: 'user' });
    return exit;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    const failure = failureOf(error);
    terminal.stderr.write(`tiltmeter: ${failure.line}\n`);
    if (failure.hint !== undefined) terminal.stderr.write(`  ${failure.hint}\n`);
    return failure.exit;
  }
}

/** Commander throws instead of ending the process, and writes where the terminal says, in every command. */
function quiet(command: Command, terminal: Terminal): void {
  command.exitOverride().configureOutput({
    writeOut: (text) => terminal.stdout.write(text),
    writeErr: (text) => terminal.stderr.write(text.replace(/^error: /, 'tiltmeter: ')),
  });
  for (const child of command.commands) quiet(child, terminal);
}
