import { expect, test } from 'vitest';
import { isAddress } from './address.ts';

test.each([
  ['https://wiki.example.org/runbooks/loans#p1', true],
  [' http://wiki/loans ', true],
  ['1. Look at https://wiki.example.org first', false],
  ['javascript:alert(1)', false],
  ['', false],
])('%s: %s', (text, address) => expect(isAddress(text)).toBe(address));
