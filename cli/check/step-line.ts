import pc from 'picocolors';
import type { Terminal } from '../terminal.ts';

/** Work shorter than this needs no progress line. */
const QUIET_MS = 700;

/** One line on a terminal's stderr that says what is being done; nothing where stderr is no terminal. */
export function stepLine(terminal: Terminal): { show(step: string, share: number): void; clear(): void } {
  const started = terminal.clock();
  let shown = false;
  return {
    show(step, share) {
      if (!terminal.stderr.isTTY || terminal.clock() - started < QUIET_MS) return;
      terminal.stderr.write(
        `\r\u001b[K${pc.dim(`${String(Math.round(100 * share)).padStart(3)} %  ${step}`)}`,
      );
      shown = true;
    },
    clear() {
      if (shown) terminal.stderr.write('\r\u001b[K');
    },
  };
}
