import type { LookupAddress } from 'node:dns';
import { expect, test } from 'vitest';
import { isPublic, publicLookup, refusePrivate } from './public-address.ts';

test.each([
  ['8.8.8.8', true],
  ['2606:4700:4700::1111', true],
  ['127.0.0.1', false],
  ['127.8.9.1', false],
  ['10.0.0.1', false],
  ['172.16.5.4', false],
  ['192.168.1.1', false],
  ['169.254.169.254', false],
  ['100.64.0.1', false],
  ['0.0.0.0', false],
  ['224.0.0.1', false],
  ['255.255.255.255', false],
  ['::1', false],
  ['::', false],
  ['fe80::1', false],
  ['fe80::1%eth0', false],
  ['fd00::1', false],
  ['::ffff:127.0.0.1', false],
  ['::ffff:169.254.169.254', false],
  ['64:ff9b::7f00:1', false],
  ['::7f00:1', false],
  ['::a9fe:a9fe', false],
  ['4000::1', false],
  ['3ffe::1', true],
  ['2001::1', false],
  ['2002:7f00:1::', false],
  ['2001:db8::1', false],
  ['168.63.129.16', false],
  ['::ffff:168.63.129.16', false],
  ['not an address', false],
])('%s is public: %s', (address, expected) => {
  expect(isPublic(address)).toBe(expected);
});

const resolving =
  (...addresses: string[]) =>
  async (): Promise<LookupAddress[]> =>
    addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));

test('a name that resolves to a private address is refused, also when only one of many is', async () => {
  const refused = refusePrivate('https://hooks.example.com/x', resolving('8.8.8.8', '10.1.1.1'));
  await expect(refused).rejects.toMatchObject({ code: 'private_address' });
  await refusePrivate('https://hooks.example.com/x', resolving('8.8.8.8'));
});

test.each([
  'http://127.0.0.1/',
  'http://[::1]:80/',
  'http://2130706433/',
  'http://0x7f.1/',
  'http://[::ffff:7f00:1]/',
  'http://[::7f00:1]/',
])('%s is refused however it is written', async (address) => {
  await expect(refusePrivate(address)).rejects.toMatchObject({ code: 'private_address' });
});

test('the address that was checked is the one that is connected to', async () => {
  const found = await new Promise((resolve, reject) =>
    publicLookup(resolving('8.8.4.4'))('hooks.example.com', {}, (error, address) =>
      error ? reject(error) : resolve(address),
    ),
  );
  expect(found).toBe('8.8.4.4');
  const refused = new Promise((resolve, reject) =>
    publicLookup(resolving('127.0.0.1'))('hooks.example.com', { all: true }, (error, address) =>
      error ? reject(error) : resolve(address),
    ),
  );
  await expect(refused).rejects.toMatchObject({ code: 'private_address' });
});
