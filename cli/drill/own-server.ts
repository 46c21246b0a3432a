import type { AppOptions } from '../../server/app.ts';
import { appOptions, type Environment } from '../../server/main.ts';

/** Variables that a drill takes from where it runs: how much it logs. Stores, keys and addresses of a server that may be set there too are not its own. */
const TAKEN = ['TILTMETER_LOG_LEVEL'] as const;

/** The options of the server that a drill runs: on this machine alone, a free port, and stores of its own whatever the environment says of others. */
export function ownServer(env: Environment): Omit<AppOptions, 'dataDir'> {
  const taken = Object.fromEntries(TAKEN.map((name) => [name, env[name]]));
  const { dataDir: _, ...options } = appOptions(
    { host: '127.0.0.1', port: 0 },
    {
      TILTMETER_LOG_LEVEL: 'error',
      ...Object.fromEntries(Object.entries(taken).filter(([, value]) => value)),
    },
  );
  return options;
}
