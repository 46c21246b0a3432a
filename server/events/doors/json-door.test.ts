import { expect, test } from 'vitest';
import { DOORS } from './index.ts';
import { jsonDoor } from './json-door.ts';

const door = jsonDoor('labels');
const read = (text: string, contentType: string) =>
  door.read({ body: Buffer.from(text), contentType, limits: { eventBytes: 1000, events: 10 } });
const receipt = { received: 2, stored: 1, duplicates: 0, rejected: [], rejected_total: 1 };

test('lines by their content type, else one object or an array', () => {
  expect([...read('{"a":1}\n{"a":2}', 'application/x-ndjson')[0]!.events]).toHaveLength(2);
  expect([...read('[{"a":1},{"a":2}]', 'application/json; charset=utf-8')[0]!.events]).toHaveLength(2);
  expect([...read('{"a":1}', '')[0]!.events]).toHaveLength(1);
  expect(() => read('a=1', 'application/x-www-form-urlencoded')).toThrow(/curl: add -H/);
});

test('a request of which something was stored is answered 200, one of which nothing was 422 with the first reason', () => {
  expect(door.answer(receipt)).toEqual({ status: 200, body: receipt });
  const rejected = [{ index: 0, code: 'invalid_time', message: 'no' }];
  const none = { ...receipt, stored: 0, received: 1, rejected };
  expect(door.answer(none)).toMatchObject({
    status: 422,
    body: { error: { code: 'invalid_time' }, stored: 0 },
  });
  expect(door.answer({ ...receipt, received: 0, rejected_total: 0 })).toMatchObject({ status: 200 });
});

test('each door has an address of its own', () => {
  const addresses = DOORS.map(({ path }) => path);
  expect(new Set(addresses).size).toBe(addresses.length);
});
