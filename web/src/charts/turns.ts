/** How long drawing may keep the page from anything else, in milliseconds. */
const TURN_MS = 12;

const waiting = new Set<() => void>();
let called = false;

/**
 * Draws when it is its turn: charts that come at once are drawn one after the other, and the page answers in between.
 * What it returns takes back what has not been drawn.
 */
export function inTurn(draw: () => void): () => void {
  waiting.add(draw);
  call();
  return () => waiting.delete(draw);
}

function call(): void {
  if (called || waiting.size === 0) return;
  called = true;
  setTimeout(() => {
    called = false;
    const end = performance.now() + TURN_MS;
    for (const draw of waiting) {
      waiting.delete(draw);
      draw();
      if (performance.now() >= end) break;
    }
    call();
  });
}
