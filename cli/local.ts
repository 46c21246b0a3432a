import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Tiltmeter } from '../clients/typescript/tiltmeter.ts';
import { lastServer } from '../server/main.ts';
import { Misuse } from './failure.ts';
import type { Terminal } from './terminal.ts';

/** A data folder on this machine, and the server that announced itself in it. */
export interface LocalServer {
  readonly folder: string;
  /** Where it listens, or did; undefined where none ever ran. */
  readonly address: string | undefined;
  /** Speaks to it, as whoever may read the folder may; undefined when it has stopped. */
  readonly client: Tiltmeter | undefined;
}

/** The server of a data folder that is there; no folder is made. */
export function localServer(terminal: Terminal, data: string | undefined): LocalServer {
  const folder = dataFolder(data ?? terminal.env.TILTMETER_DATA);
  const last = lastServer(folder);
  const client =
    last === undefined || last.token === null
      ? undefined
      : new Tiltmeter({ url: last.address, key: last.token, attempts: { count: 1 } });
  return { folder, address: last?.address, client };
}

function dataFolder(said: string | undefined): string {
  const checkout = join(import.meta.dirname, '../tiltmeter-data');
  const places = said === undefined || said === '' ? ['./tiltmeter-data', checkout] : [said];
  const found = places.find((place) => existsSync(join(place, 'lock.db')));
  if (found !== undefined) return found;
  throw new Misuse(
    `There is no data folder of Tiltmeter at ${places[0]}`,
    'Give the one that the server was started with: --data FOLDER, or TILTMETER_DATA.',
  );
}
