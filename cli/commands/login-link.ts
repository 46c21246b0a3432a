import { Command } from 'commander';
import { type Tiltmeter, TiltmeterApiError } from '../../clients/typescript/tiltmeter.ts';
import { TiltmeterError } from '../../contract/errors.ts';
import { appOptions } from '../../server/main.ts';
import { example, type MakeCommand } from '../command.ts';
import { connect, connecting, givenKey } from '../connection.ts';
import { Misuse } from '../failure.ts';
import { localServer } from '../local.ts';
import { say, type Terminal } from '../terminal.ts';

export const loginLink: MakeCommand = (terminal) => {
  const command = connecting(new Command('login-link'))
    .description('a new one-time link that signs the first admin in, whether or not the server runs')
    .option('--data <folder>', 'data folder of the server (TILTMETER_DATA; default ./tiltmeter-data)')
    .action(async (options) => {
      say(terminal, await link(terminal, options));
    });
  return example(
    command,
    'tiltmeter login-link',
    'tiltmeter login-link --data /var/lib/tiltmeter',
    'tiltmeter login-link --key "$ADMIN_KEY"',
  );
};

interface Asked {
  readonly key?: string;
  readonly data?: string;
}

async function link(terminal: Terminal, options: Asked): Promise<string> {
  const { key, data } = options;
  const asks = key !== undefined || (data === undefined && Boolean(givenKey(terminal, undefined)));
  if (!asks) return fromFolder(terminal, data);
  try {
    return await fromServer(connect(terminal, options));
  } catch (error) {
    // A key in the environment may be there for something else, as to send events: it keeps nobody from a folder that they may read.
    const refused = error instanceof TiltmeterApiError && [401, 403].includes(error.status);
    if (key !== undefined || !refused) throw error;
    return fromFolder(terminal, data).catch((away) => {
      throw away instanceof Misuse ? error : away;
    });
  }
}

async function fromServer(client: Tiltmeter): Promise<string> {
  return (await client.call<{ url: string }>('POST', '/login-link')).url;
}

/** Whoever may read the data folder may sign in: the running server is asked with the token that lies there, else it is opened. */
async function fromFolder(terminal: Terminal, data: string | undefined): Promise<string> {
  const { folder, address, client } = localServer(terminal, data);
  const link = client && (await fromServer(client).catch(notThere));
  return link ?? opened(terminal, folder, address);
}

/** A server that was killed leaves its token behind; another program may listen where it did. */
function notThere(error: unknown): undefined {
  const gone = error instanceof TypeError || (error instanceof TiltmeterApiError && error.status !== 429);
  if (!gone) throw error;
}

/** Opens the folder as a server would, for a moment and on a free port; the link names the address the server will have. */
async function opened(terminal: Terminal, data: string, before: string | undefined): Promise<string> {
  const { env } = terminal;
  const options = appOptions({ data }, { ...env, TILTMETER_LOG_LEVEL: 'warn' });
  const said = env.TILTMETER_HOST !== undefined || env.TILTMETER_PORT !== undefined;
  const usual = `http://${options.host}:${options.port}`;
  const address = options.address ?? (said ? usual : (before ?? usual));
  const { createApp } = await import('../../server/app.ts');
  const app = createApp({ ...options, host: '127.0.0.1', port: 0, address, jobs: false, announce: false });
  try {
    await app.start();
    return await app.adminLink();
  } catch (error) {
    if (error instanceof TiltmeterError && error.code === 'data_folder_locked') {
      throw new Misuse(
        `${error.message}, which does not answer`,
        'Wait until it has started; or give an admin key with --key or TILTMETER_KEY.',
      );
    }
    throw error;
  } finally {
    await app.stop();
  }
}
