import type { TestApp } from '../../test/app.ts';
import { drawn } from '../../test/browser/drawn.ts';
import { openBrowser } from '../../test/browser/open-browser.ts';
import { signIn } from '../../test/browser/sign-in.ts';

/** A page by its name, with what it asks of the API as the browser's network log has it, in that order. */
export interface AskedPage {
  readonly name: string;
  readonly paths: readonly string[];
}

/** Opens each page in Chromium as people do, down to its end, and notes which answers it waits for. */
export async function askedByPages(
  { app, address }: TestApp,
  pages: Readonly<Record<string, string>>,
): Promise<AskedPage[]> {
  const browser = await openBrowser();
  try {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const first = await context.newPage();
    await signIn(first, await app.adminLink());
    await first.getByRole('navigation', { name: 'Main' }).waitFor();
    await first.close();
    const found: AskedPage[] = [];
    for (const [name, path] of Object.entries(pages)) {
      const page = await context.newPage();
      const asked = new Set<string>();
      page.on('request', (request) => {
        const url = new URL(request.url());
        if (request.method() === 'GET' && url.pathname.startsWith('/api/'))
          asked.add(url.pathname + url.search);
      });
      await page.goto(address + path);
      await drawn(page);
      // All of it, also what comes when the reader is near.
      await page.evaluate("dispatchEvent(new Event('beforeprint'))");
      await drawn(page);
      await page.close();
      found.push({ name, paths: [...asked] });
    }
    return found;
  } finally {
    await browser.close();
  }
}
