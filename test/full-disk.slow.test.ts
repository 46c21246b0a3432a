import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, open, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { packed, V1, writeRequest } from '../server/telemetry/remote-write/messages.testing.ts';
import { startTestApp, type TestApp } from './app.ts';

const run = promisify(execFile);
const MB = 1024 * 1024;
/** The disk: large enough for the lake's own files and what it keeps free. */
const SIZE_MB = 192;

/** Fills the disk until so much is free; to the last byte at 0. */
async function fill(file: string, leave: number): Promise<void> {
  const handle = await open(file, 'a');
  try {
    for (let size = MB; size >= 4096; size /= 16)
      for (;;) {
        const { bavail, bsize } = await statfs(file);
        if (bavail * bsize - size < leave) break;
        await handle.write(Buffer.alloc(size, 1));
      }
  } catch (error) {
    if ((error as { code?: string }).code !== 'ENOSPC') throw error;
  } finally {
    await handle.close();
  }
}

/** Waits until something holds; what it threw last is told when it never does. */
async function until(holds: () => Promise<void>, ms = 90_000): Promise<void> {
  for (const end = Date.now() + ms; ; await sleep(500)) {
    try {
      return await holds();
    } catch (error) {
      if (Date.now() > end) throw error;
    }
  }
}

const rows = (batch: string, n = 150) =>
  Array.from({ length: n }, (_, i) => ({
    model: 'm',
    id: `${batch}-${i}`,
    time: Date.now() - 7_200_000 + i,
    features: { amount: i % 40, country: i % 3 === 0 ? 'FR' : 'DE' },
    prediction: i % 2 === 0 ? 'yes' : 'no',
  }));

/** One thing for each of the other doors, of models of their own. */
function doorsOf({ json, address, adminKey }: TestApp, batch: string) {
  const event = (is: string, data: object) => ({
    ...{
      specversion: '1.0',
      id: batch,
      type: `io.seldon.serving.inference.${is}`,
      inferenceservicename: 'p',
    },
    data,
  });
  const side = (data: string) => ({ observedContentType: 'text/csv', encoding: 'CSV', data });
  const time = Date.now();
  const span = {
    ...{ traceId: '90a2951c292515b95056d5f778a7824b', spanId: '90a2951c292515b9', name: batch },
    ...{ startTimeUnixNano: `${time}000000`, endTimeUnixNano: `${time}000001` },
  };
  const samples = writeRequest([{ labels: { __name__: 'up', job: batch }, samples: [[time, 1]] }]);
  return {
    asked: () => json('POST', '/cloudevents', event('request', { instances: [[1]] })),
    each: {
      cloudEvents: () => json('POST', '/cloudevents', event('response', { predictions: [1] })),
      sageMaker: () =>
        json('POST', '/api/v1/sagemaker?model=s', {
          captureData: { endpointInput: side('1,2'), endpointOutput: side('0') },
          eventMetadata: { eventId: batch },
        }),
      traces: () => json('POST', '/v1/traces', { resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] }),
      remoteWrite: () =>
        fetch(`${address}/api/v1/write`, {
          method: 'POST',
          headers: { 'content-type': V1, 'content-encoding': 'snappy', authorization: `Bearer ${adminKey}` },
          body: packed(samples) as Uint8Array<ArrayBuffer>,
        }),
    },
  };
}

const statuses = async (each: Readonly<Record<string, () => Promise<{ readonly status: number }>>>) =>
  Object.fromEntries(
    await Promise.all(
      Object.entries(each).map(async ([door, send]) => [door, (await send()).status] as const),
    ),
  );
const REFUSED = { cloudEvents: 503, sageMaker: 503, traces: 503, remoteWrite: 503 };
const TAKEN = { cloudEvents: 200, sageMaker: 200, traces: 200, remoteWrite: 204 };

const FULL = { status: 503, body: { error: { code: 'disk_full' } } };

test('a disk that is full and freed again: clear refusals, nothing acknowledged is lost, and everything goes on by itself', async (context) => {
  const dir = await mkdtemp(join(tmpdir(), 'tiltmeter-full-'));
  const mount = join(dir, 'disk');
  await mkdir(mount);
  const mounted = await run('mount', ['-t', 'tmpfs', '-o', `size=${SIZE_MB}m`, 'tmpfs', mount]).then(
    () => true,
    () => false,
  );
  if (!mounted) {
    await rm(dir, { recursive: true, force: true });
    return context.skip('mounting needs root');
  }
  const filler = join(mount, 'filler');
  let tilt: TestApp | undefined;
  try {
    const app = await startTestApp({ dataDir: join(mount, 'data'), jobs: true });
    tilt = app;
    const send = (batch: string) => app.json('POST', '/api/v1/predictions', rows(batch));
    const troubles = async (): Promise<string[]> =>
      (await app.json('GET', '/api/v1/status')).body.troubles.map(
        ({ sentence }: { sentence: string }) => sentence,
      );
    const counted = async () =>
      (await app.json('GET', '/api/v1/models/m/columns/_all/distribution?from=2026-01-01T00:00:00Z')).body
        .moments.current.n;
    expect(await send('before')).toMatchObject({ status: 200, body: { stored: 150 } });
    await until(async () => expect(await counted()).toBe(150));

    let acknowledged = 150;
    for (const leave of [6 * MB, 0]) {
      const doors = doorsOf(app, `door-${leave}`);
      expect((await doors.asked()).status).toBe(202);
      await fill(filler, leave);
      const refused = await send(`full-${leave}`);
      expect(refused).toMatchObject(FULL);
      expect(refused.headers.get('retry-after')).toMatch(/^\d+$/);
      expect(
        await app.json('POST', '/api/v1/labels', { model: 'm', id: 'before-1', label: 'yes' }),
      ).toMatchObject(FULL);
      expect(await statuses(doors.each)).toEqual(REFUSED);
      await until(async () => {
        expect(await troubles()).toContainEqual(
          expect.stringMatching(/^The disk of the lake has .* GB left/),
        );
      });
      const { body } = await app.json('GET', '/api/v1/models/m/predictions?limit=500');
      expect(body.items).toHaveLength(acknowledged);

      await rm(filler);
      await until(async () => expect(await send(`full-${leave}`)).toMatchObject({ status: 200 }));
      // The half that waited waits on: what was refused is sent again, and nothing else.
      expect(await statuses(doors.each)).toEqual(TAKEN);
      expect((await app.json('GET', `/api/v1/models/p/predictions/door-${leave}`)).body.prediction).toBe(1);
      acknowledged += 150;
      await until(async () => expect(await counted()).toBe(acknowledged));
      await until(async () => expect(await troubles()).toEqual([]));
    }
    const label = { model: 'm', id: 'before-1', label: 'yes' };
    expect(await app.json('POST', '/api/v1/labels', label)).toMatchObject({ status: 200 });
  } finally {
    try {
      await tilt?.stop();
    } finally {
      await run('umount', [mount]);
      await rm(dir, { recursive: true, force: true });
    }
  }
});
