import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { isSendable, Tiltmeter } from '../clients/typescript/tiltmeter.ts';
import { Misuse } from './failure.ts';
import type { Terminal } from './terminal.ts';

export interface ConnectionOptions {
  readonly url?: string;
  readonly key?: string;
}

/** `--url` and `--key`, for every command that speaks to a server. */
export function connecting(command: Command): Command {
  return command
    .option('--url <address>', 'address of the server (TILTMETER_URL; default http://127.0.0.1:8765)')
    .option('--key <secret>', 'API key (TILTMETER_KEY, or the file that TILTMETER_KEY_FILE names)');
}

/** Commands ask once and then say what is wrong, instead of waiting for a server that is not there. */
export function connect(terminal: Terminal, options: ConnectionOptions, patient = false): Tiltmeter {
  const key = givenKey(terminal, options.key)?.trim();
  if (key === undefined || key === '') {
    throw new Misuse(
      'No API key',
      'Make one in the dashboard under Settings, then give it with --key or TILTMETER_KEY.',
    );
  }
  if (!isSendable(key)) {
    throw new Misuse(
      'The API key has a blank, a line break or a sign that no key has',
      'Give one key, as it was shown when it was made, with --key or TILTMETER_KEY.',
    );
  }
  const url = options.url ?? terminal.env.TILTMETER_URL ?? 'http://127.0.0.1:8765';
  if (!URL.canParse(url))
    throw new Misuse(`${url} is not an address`, 'Example: --url http://127.0.0.1:8765');
  return new Tiltmeter({ url, key, ...(patient ? {} : { attempts: { count: 1 } }) });
}

/** The key of `--key`, `TILTMETER_KEY` or the file that `TILTMETER_KEY_FILE` names, in this order. Errors: Misuse when the file cannot be read. */
export function givenKey({ env }: Terminal, key: string | undefined): string | undefined {
  const file = env.TILTMETER_KEY_FILE;
  const given = key ?? env.TILTMETER_KEY;
  if (given !== undefined || !file) return given;
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const why = (error as Error).message;
    throw new Misuse(`TILTMETER_KEY_FILE cannot be read: ${why}`, 'Name a file that holds one key.');
  }
}
