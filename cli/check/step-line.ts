import { paint, type Terminal } from '../terminal.ts';

/** Work shorter than this needs no progress line. */
const QUIET_MS = 700;
const TICK_MS = 250;
const BAR = 20;

/**
 * One line on a terminal's stderr that says what is being done, how far it is and for how long; nothing where stderr is no terminal.
 * It moves on by itself, so that a long step is seen to be alive.
 */
export function stepLine(terminal: Terminal): { show(step: string, share: number): void; clear(): void } {
  const { stderr, clock } = terminal;
  if (!stderr.isTTY) return { show() {}, clear() {} };
  const { dim } = paint(terminal, stderr);
  const started = clock();
  let shown = false;
  let now = { step: '', share: 0 };
  const draw = () => {
    const seconds = (clock() - started) / 1000;
    if (1000 * seconds < QUIET_MS) return;
    const full = Math.round(BAR * now.share);
    const line = `${'━'.repeat(full)}${dim('─'.repeat(BAR - full))} ${String(Math.round(100 * now.share)).padStart(3)} %  ${now.step}, ${seconds.toFixed(0)} s`;
    stderr.write(`\r\u001b[K${line}`);
    shown = true;
  };
  const timer = setInterval(draw, TICK_MS);
  timer.unref();
  return {
    show(step, share) {
      now = { step, share };
      draw();
    },
    clear() {
      clearInterval(timer);
      if (shown) stderr.write('\r\u001b[K');
    },
  };
}
