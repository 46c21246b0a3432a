import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Debts } from './debts.ts';

function debts() {
  const clock = { now: 0 };
  const waits: number[] = [];
  const pause = async (ms: number) => void waits.push(ms);
  return { clock, waits, debts: new Debts({ perSecond: 1000, monotonic: () => clock.now, pause }) };
}

test('a second of it is forgiven, what is more is waited for', async () => {
  const { debts: own, waits } = debts();
  await own.settled('a');
  own.owe('a', 900);
  await own.settled('a');
  expect(waits).toEqual([]);
  own.owe('a', 600);
  await own.settled('a');
  await own.settled('b');
  expect(waits).toEqual([500]);
});

test('it is paid off by time, and nobody waits for long', async () => {
  const { debts: own, clock, waits } = debts();
  own.owe('a', 5000);
  clock.now = 2500;
  await own.settled('a');
  clock.now = 5000;
  await own.settled('a');
  own.owe('a', 1_000_000_000);
  await own.settled('a');
  expect(waits).toEqual([1500, 19_000]);
});

test('who goes away is not waited for', async () => {
  const gone = new AbortController();
  const pause = (ms: number, signal?: AbortSignal) => sleep(ms, undefined, { ...(signal && { signal }) });
  const own = new Debts({ perSecond: 1, monotonic: () => 0, pause });
  own.owe('a', 3600);
  const waiting = own.settled('a', gone.signal);
  gone.abort();
  await waiting;
});

test('of many that wait to be read those beyond some are refused', async () => {
  const paid = Promise.withResolvers<void>();
  const own = new Debts({ perSecond: 1, monotonic: () => 0, pause: () => paid.promise });
  own.owe('a', 3600);
  const waiting = Array.from({ length: 32 }, () => own.admitted('a'));
  await expect(own.admitted('a')).rejects.toMatchObject({ code: 'too_many_requests' });
  await own.admitted('b');
  paid.resolve();
  await Promise.all(waiting);
  await own.admitted('a');
});

test('of thousands of senders those who owe something are remembered', async () => {
  const { debts: own, clock, waits } = debts();
  for (let i = 0; i < 3000; i++) own.owe(`s${i}`, 1);
  clock.now = 100;
  own.owe('a', 2100);
  for (let i = 0; i < 3000; i++) own.owe(`t${i}`, 1);
  await own.settled('a');
  expect(waits).toEqual([1100]);
});
