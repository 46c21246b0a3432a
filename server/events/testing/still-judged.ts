import assert from 'node:assert/strict';
import type { TestApp } from '../../../test/app.ts';
import type { Log } from '../../log.ts';

/** A log that keeps what went wrong, but for what was refused: that is what it is tested with. */
export function noting(troubles: string[]): Log {
  const note = (fields: object, message: string) => {
    if (message === 'refused') return;
    const { err, ...others } = fields as { err?: Error };
    troubles.push(`${message} ${JSON.stringify(others)} ${err?.stack ?? ''}`);
  };
  return { debug() {}, info() {}, warn: note, error: note };
}

/** Rolls up and judges every model, whatever was sent of it: none fails, and the server is ready. */
export async function stillJudged(tilt: TestApp, troubles: readonly string[]): Promise<void> {
  await tilt.app.runJob('models');
  await tilt.app.runJob('watch');
  assert.deepEqual(troubles, []);
  const ready = await tilt.json('GET', '/readyz');
  assert.equal(ready.status, 200, JSON.stringify(ready.body));
}
