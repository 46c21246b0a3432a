import type { ImportSummary } from '../../contract/table.ts';
import { nothingYet } from '../../mapping/summary.ts';
import type { Terminal } from '../terminal.ts';
import { keptFile } from './kept-file.ts';

/** How far an import came: everything up to this batch was acknowledged. */
export interface Place {
  readonly batches: number;
  /** Columns whose type was not settled when it began: rows are sent in the order that they gave. */
  readonly unsettled: readonly string[];
  readonly summary: ImportSummary;
}

/** Where the place of one import is kept. */
export interface Places {
  read(): Place | undefined;
  keep(place: Place): void;
  /** It is done. */
  forget(): void;
}

/**
 * The place of an import in the user's state folder, so that the same command goes on behind what was acknowledged. An
 * import is the same when server, model, mapping and files are. Without a home folder it begins anew, and the server
 * recognises what it has.
 */
export function placesOf(
  terminal: Pick<Terminal, 'env'>,
  files: readonly string[],
  asked: readonly unknown[],
): Places {
  const file = keptFile<Place>(terminal, files, asked);
  return {
    ...file,
    read() {
      const place = file.read();
      return place === undefined ? undefined : { ...place, summary: { ...nothingYet(), ...place.summary } };
    },
  };
}
