import { SingleBar } from 'cli-progress';
import type { Terminal } from '../terminal.ts';

/** How far an import is, on a terminal. */
export interface Bar {
  show(bytes: number, rows: number): void;
  clear(): void;
}

/** @param bytes those that will be read in all. */
export function progress({ stderr }: Terminal, bytes: number): Bar {
  const bar = new SingleBar({
    format: 'import {bar} {percentage}% | {rows} rows | {duration_formatted}',
    stream: stderr,
    noTTYOutput: false,
    clearOnComplete: true,
  });
  return {
    show(done, rows) {
      if (!bar.isActive) bar.start(bytes, done, { rows });
      else bar.update(done, { rows });
    },
    clear() {
      if (bar.isActive) bar.stop();
    },
  };
}
