import { gzipSync, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';

/** A body for one of the doors. */
export interface BodyRequest {
  readonly path: string;
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
  /** What is asked about what came of it: of an upload its preview. */
  readonly preview?: Readonly<Record<string, unknown>>;
}

type Packed = Pick<BodyRequest, 'body' | 'headers'>;

/** A body as it is, or damaged at one place. */
export const damaged = (): fc.Arbitrary<(body: Buffer) => Buffer> =>
  fc.oneof(
    { weight: 6, arbitrary: fc.constant((body: Buffer) => body) },
    {
      weight: 1,
      arbitrary: fc.nat().map((at) => (body: Buffer) => body.subarray(0, at % (body.length + 1))),
    },
    {
      weight: 2,
      arbitrary: fc.tuple(fc.nat(), fc.uint8Array({ maxLength: 4 })).map(([where, put]) => (body: Buffer) => {
        const at = where % (body.length + 1);
        return Buffer.concat([body.subarray(0, at), put, body.subarray(at + 1)]);
      }),
    },
  );

/** How a body is packed, and what its sender says of it: plain, compressed, compressed and cut off, or a lie. */
export const packed = (): fc.Arbitrary<(body: Buffer) => Packed> =>
  fc
    .constantFrom('', '', '', '', '', 'gzip', 'zstd', 'cut', 'lie')
    .map((packing) => (body: Buffer): Packed => {
      if (packing === '') return { body, headers: {} };
      if (packing === 'lie') return { body, headers: { 'content-encoding': 'gzip' } };
      if (packing === 'zstd')
        return { body: zstdCompressSync(body), headers: { 'content-encoding': 'zstd' } };
      const whole = gzipSync(body);
      const cut = packing === 'cut' ? whole.subarray(0, Math.ceil(whole.length / 2)) : whole;
      return { body: cut, headers: { 'content-encoding': 'gzip' } };
    });
