import { expect, test } from 'vitest';
import { hashOfBytes } from './label-hash.ts';

test('a hundred thousand series have as many numbers, wherever in a body they lie', () => {
  const hashes = new Set<number>();
  for (let i = 0; i < 100_000; i++) {
    const bytes = Buffer.from(`xx__name__ up instance 10.0.${i >> 8}.${i & 255}:9100 job a`);
    hashes.add(hashOfBytes(new DataView(bytes.buffer, bytes.byteOffset, bytes.length), 2, bytes.length));
  }
  expect(hashes.size).toBe(100_000);
  const at = (offset: number) => {
    const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from('job=churn')]);
    return hashOfBytes(new DataView(bytes.buffer, bytes.byteOffset, bytes.length), offset, bytes.length);
  };
  expect(at(1)).toBe(at(6));
  expect(Number.isSafeInteger(at(0))).toBe(true);
});
