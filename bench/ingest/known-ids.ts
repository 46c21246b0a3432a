/**
 * Known ids at size, without a server: memory, what remembering an id costs, a start from files, and how many new ids would
 * be looked up. `node bench/ingest/known-ids.ts [ids in millions, 100]`
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashOf, seedOf } from '../../server/events/ids/hash.ts';
import { Slices } from '../../server/events/ids/slices.ts';
import { Snapshots } from '../../server/events/ids/snapshots.ts';

const millions = Number(process.argv[2] ?? 100);
const DAY = 86_400_000;
const PROBES = 2_000_000;
const HORIZON = { horizonMs: 7 * DAY, maxBytes: 2 ** 40 };
const seed = seedOf('tiltmeter.`predictions_m`');
const log = { debug() {}, info() {}, warn: console.warn, error: console.error };
const folder = mkdtempSync(join(tmpdir(), 'tiltmeter-known-ids-'));
const snapshots = new Snapshots({ folder, lake: 'bench', log });

/** Processor seconds and wall seconds of some work. */
async function timed<T>(work: () => T | Promise<T>): Promise<[T, { cpu: number; wall: number }]> {
  const [cpu, wall] = [process.cpuUsage(), performance.now()];
  const result = await work();
  const { user, system } = process.cpuUsage(cpu);
  return [result, { cpu: (user + system) / 1e6, wall: (performance.now() - wall) / 1000 }];
}

function remember(slices: Slices, kind: string, count: number): number {
  let known = 0;
  for (let i = 0; i < count; i++) if (slices.add(hashOf(`${kind}-${i}`, seed))) known++;
  return known;
}

const mb = (bytes: number) => Math.round(bytes / 1e6);
const report: Record<string, unknown> = { ids: millions * 1e6 };
try {
  const empty = await timed(() => remember(new Slices(HORIZON, 0), 'empty', PROBES));
  report.nsPerIdWhenEmpty = Math.round((empty[1].cpu / PROBES) * 1e9);

  const slices = new Slices(HORIZON, 0);
  let claimed = 0;
  const [, filled] = await timed(async () => {
    for (let day = 0; day < 8; day++) {
      slices.tidy(day * DAY);
      claimed += remember(slices, `day-${day}`, (millions * 1e6) / 8);
    }
  });
  report.fillSeconds = filled;
  report.claimedWhileFilling = claimed;
  report.mbInMemoryBeforeFit = mb(slices.bytes);
  const [, saved] = await timed(async () => {
    for (const slice of slices.list) {
      const end = slices.endOf(slice);
      await snapshots.save(
        slice,
        { from: slice.from, to: slice.from + DAY, tables: ['t'] },
        end !== undefined,
      );
    }
  });
  report.saveSeconds = saved;
  report.mbInMemory = mb(slices.bytes);
  report.bytesPerId = slices.bytes / slices.count;
  const [more, probed] = await timed(() => remember(slices, 'probe', PROBES));
  report.nsPerId = Math.round((probed.cpu / PROBES) * 1e9);
  report.newIdsLookedUp = `${more} of ${PROBES}`;

  const [loaded, load] = await timed(() => snapshots.load(0, 2 ** 40));
  report.loadSeconds = load;
  const again = new Slices(HORIZON, 7 * DAY, loaded.slices);
  report.loadedIds = again.count;
  let missing = 0;
  for (let day = 0; day < 8; day++)
    for (let i = 0; i < (millions * 1e6) / 8; i += 9973)
      if (!again.has(hashOf(`day-${day}-${i}`, seed))) missing++;
  report.missingAfterLoad = missing;
  report.mbResident = mb(process.memoryUsage().rss);
  console.log(JSON.stringify(report, null, 1));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
