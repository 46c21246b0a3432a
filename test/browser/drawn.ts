import type { Page } from 'playwright-core';

/** A canvas in the window that nothing was painted on yet. */
const BLANK = `[...document.querySelectorAll('canvas[role=img]:not([data-painted])')].some((canvas) => {
  const { top, bottom } = canvas.getBoundingClientRect();
  return bottom > 0 && top < innerHeight;
})`;

/** Resolves when what the window shows of a page is there and drawn. */
export async function drawn(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.locator('[aria-label=Loading]').first().waitFor({ state: 'detached' });
  // Not by the page's own eval, which its policy forbids.
  await page.evaluate(`new Promise((done) => {
    const look = () => (${BLANK} ? requestAnimationFrame(look) : done());
    look();
  })`);
}
