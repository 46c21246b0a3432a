import { expect, test } from 'vitest';
import { parseLakeUrl } from './lake-url.ts';

test.each([
  ['http://db', { url: 'http://db:8123', username: 'default', password: '', cluster: undefined }],
  ['https://db', { url: 'https://db:8443', username: 'default', password: '', cluster: undefined }],
  [
    'http://me:a%3Ab%2Fc@db:9000/tiltmeter',
    { url: 'http://db:9000', username: 'me', password: 'a:b/c', cluster: undefined },
  ],
  ['http://db?cluster=main', { url: 'http://db:8123', username: 'default', password: '', cluster: 'main' }],
  [
    'http://db?cluster=main&quorum=2',
    { url: 'http://db:8123', username: 'default', password: '', cluster: 'main', quorum: '2' },
  ],
  ['http://[::1]:8123/', { url: 'http://[::1]:8123', username: 'default', password: '', cluster: undefined }],
])('%s', (text, expected) => {
  expect(parseLakeUrl(text)).toEqual({ quorum: undefined, ...expected });
});

test.each([
  'db:8123',
  'postgres://db',
  'not an address',
  'http://me:secret@db/other',
  'http://me:secret@db?database=other',
  'http://me:secret@db?cluster=main&quorum=most',
  'http://me:secret@db?quorum=2',
])('%s is refused, without the password in the message', (text) => {
  expect(() => parseLakeUrl(text)).toThrow(expect.objectContaining({ code: 'invalid_option' }));
  expect(() => parseLakeUrl(text)).not.toThrow(/secret/);
});
