import { TiltmeterError } from '../../contract/errors.ts';
import {
  type Component,
  readChunk,
  readChunkHeader,
  readerOf,
  readProfileHeader,
  readSegmentHeader,
} from './messages.ts';

/** A profile of whylogs: what its metrics say of each column, by their paths (`counts/n`, `distribution/kll`). */
export interface WhylogsProfile {
  /** Epoch milliseconds that its rows are of. */
  readonly time: number;
  readonly columns: ReadonlyMap<string, ReadonlyMap<string, Component>>;
}

const MAGIC = 'WHY1';
/** Columns that a file may have: as many as a model keeps. */
const MOST_COLUMNS = 1_000;

/** Reads a file that whylogs wrote (`profile.writer("local").write()`). Errors: unreadable_table, with what is wrong with it. */
export function readWhylogs(bytes: Uint8Array, name: string): WhylogsProfile {
  const wrong = (why: string, cause?: unknown) =>
    new TiltmeterError('unreadable_table', `${name} is not a profile of whylogs: ${why}`, { cause });
  if (new TextDecoder('latin1').decode(bytes.subarray(0, 4)) !== MAGIC)
    throw wrong('it does not begin with WHY1');
  try {
    const reader = readerOf(bytes.subarray(4));
    if (readSegmentHeader(reader).has_segments)
      throw wrong('it has segments; write each as a file of its own');
    const header = readProfileHeader(reader);
    const paths = header.indexed_metric_paths ?? {};
    const start = 4 + reader.pos;
    const columns = Object.entries(header.column_offsets ?? {});
    if (columns.length > MOST_COLUMNS) throw wrong(`it has more than ${MOST_COLUMNS} columns`);
    const found = columns.map(([column, { offsets = [] }]) => {
      const metrics = offsets.flatMap((offset) => {
        const chunk = readerOf(bytes.subarray(start + offset));
        const { length = 0 } = readChunkHeader(chunk);
        const { metric_components = {} } = readChunk(chunk, length);
        return Object.entries(metric_components).map(
          ([index, component]) => [paths[index] ?? '', component] as const,
        );
      });
      return [column, new Map(metrics)] as const;
    });
    return { time: header.properties?.dataset_timestamp ?? Number.NaN, columns: new Map(found) };
  } catch (error) {
    if (error instanceof TiltmeterError) throw error;
    throw wrong('it is cut off or damaged', error);
  }
}
