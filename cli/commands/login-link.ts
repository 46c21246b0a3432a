import { Command } from 'commander';
import type { Tiltmeter } from '../../clients/typescript/tiltmeter.ts';
import { TiltmeterError } from '../../contract/errors.ts';
import type { User } from '../../contract/user.ts';
import { createApp } from '../../server/app.ts';
import { appOptions } from '../../server/main.ts';
import { example, type MakeCommand } from '../command.ts';
import { connect, connecting } from '../connection.ts';
import { Misuse } from '../failure.ts';
import { everything } from '../pages.ts';
import { say, type Terminal } from '../terminal.ts';

export const loginLink: MakeCommand = (terminal) => {
  const command = connecting(new Command('login-link'))
    .description('a new one-time link that signs the first admin in')
    .option('--data <folder>', 'data folder, when no server runs (TILTMETER_DATA; default ./tiltmeter-data)')
    .action(async (options) => {
      const hasKey = Boolean(options.key ?? terminal.env.TILTMETER_KEY);
      say(
        terminal,
        hasKey ? await fromServer(connect(terminal, options)) : await fromFolder(terminal, options.data),
      );
    });
  return example(
    command,
    'tiltmeter login-link --data /var/lib/tiltmeter',
    'tiltmeter login-link --key "$ADMIN_KEY"',
  );
};

async function fromServer(client: Tiltmeter): Promise<string> {
  const users = await everything<User>(client, '/users');
  const admin = users
    .filter((user) => user.role === 'admin' && !user.disabled)
    .sort((a, b) => a.created_at.localeCompare(b.created_at))[0];
  if (admin === undefined)
    throw new Misuse('No admin may sign in', 'Stop the server, then run this with --data.');
  return (await client.call<{ url: string }>('POST', `/users/${encodeURIComponent(admin.id)}/link`, {})).url;
}

/** Opens the folder as a server would, for a moment and on a free port; the link names the address the server will have. */
async function fromFolder(terminal: Terminal, data: string | undefined): Promise<string> {
  const options = appOptions({ data }, { ...terminal.env, TILTMETER_LOG_LEVEL: 'warn' });
  const address = options.address ?? `http://${options.host}:${options.port}`;
  const app = createApp({ ...options, host: '127.0.0.1', port: 0, address, jobs: false });
  try {
    await app.start();
    return await app.adminLink();
  } catch (error) {
    if (error instanceof TiltmeterError && error.code === 'data_folder_locked') {
      throw new Misuse(
        error.message,
        'Ask the running server: give an admin key with --key or TILTMETER_KEY.',
      );
    }
    throw error;
  } finally {
    await app.stop();
  }
}
