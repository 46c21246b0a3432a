import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from './app.ts';
import { openBrowser } from './browser/open-browser.ts';
import { signIn } from './browser/sign-in.ts';

let tilt: TestApp;
beforeAll(async () => {
  tilt = await startTestApp();
});
afterAll(() => tilt.stop());

const version = (name: string, aliases: readonly string[]) => ({
  ...{ version: name, registered_as: name, aliases, stage: null, run: null, url: null, metrics: {} },
});

test('versions that a registry has and that never answered are named, also where nothing has answered', async () => {
  await tilt.json('PUT', '/api/v1/models/credit/registered-versions', {
    ...{ registry: 'mlflow', name: 'credit', description: null, columns: { age: 'numeric' } },
    versions: [version('1', []), version('2', ['champion'])],
  });
  const browser = await openBrowser();
  try {
    const page = await browser.newPage();
    await signIn(page, await tilt.app.adminLink());
    await page.goto(`${tilt.address}/models/credit/versions`);
    const told = page.getByText('Registered in MLflow, without predictions in this range');
    await told.waitFor();
    expect(await told.textContent()).toMatch(/2 \(champion\)/);
  } finally {
    await browser.close();
  }
});
