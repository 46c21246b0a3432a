import type { Page } from 'playwright-core';

/** Opens a sign-in link and presses its button, as people do; resolves when the dashboard is there. */
export async function signIn(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/login'));
}
