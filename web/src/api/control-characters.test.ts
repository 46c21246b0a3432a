import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { original, visible } from '../../../contract/control-characters.ts';
import { address } from './address.ts';
import { api } from './client.ts';

const TURNING = ['\u061c', '\u200e', '\u200f', '\u202a', '\u202e', '\u2066', '\u2069'];

test('each character that turns the text around it is seen, and found again', () => {
  for (const character of TURNING) {
    const text = `deploy ${character}gnp.exe`;
    expect(visible(text)).toMatch(/^deploy ‹U\+[0-9A-F]{4}›gnp\.exe$/);
    expect(original(visible(text))).toBe(text);
  }
  expect(visible('名前 שלום é 🙂')).toBe('名前 שלום é 🙂');
});

test('what the API answers is visible, what it is asked is as it was sent', async () => {
  const asked: string[] = [];
  const server = createServer(async (request, reply) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    asked.push(body);
    reply.end(JSON.stringify({ title: 'v2 \u202egnp.exe', columns: { 'a\u2066b': 1 } }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const { port } = server.address() as AddressInfo;
    const reply = await api.patch(`http://127.0.0.1:${port}/`, { name: 'v2 ‹U+202E›gnp.exe' });
    expect(reply).toEqual({ title: 'v2 ‹U+202E›gnp.exe', columns: { 'a‹U+2066›b': 1 } });
    expect(asked).toEqual([JSON.stringify({ name: 'v2 \u202egnp.exe' })]);
  } finally {
    server.close();
  }
  expect(address('/columns/:column', { column: 'a‹U+2066›b' }, { where: ['a‹U+2066›b:missing'] })).toBe(
    '/api/v1/columns/a%E2%81%A6b?where=a%E2%81%A6b%3Amissing',
  );
});
