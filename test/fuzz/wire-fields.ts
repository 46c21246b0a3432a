import fc from 'fast-check';

/** A message within another: its field, its length (or another), its bytes. */
export function within(field: number, ...parts: readonly Buffer[]): Buffer {
  const bytes = Buffer.concat(parts);
  return Buffer.concat([varint((field << 3) | 2), varint(bytes.length), bytes]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let left = value;
  for (; left > 127; left = Math.floor(left / 128)) bytes.push((left % 128) | 128);
  return Buffer.from([...bytes, left]);
}

/** Fields of any number and wire type within one another, some with a length that is not theirs, some very deep. */
export function wireFields(): fc.Arbitrary<Buffer> {
  const { tree } = fc.letrec<{ tree: Buffer; field: Buffer }>((tie) => ({
    tree: fc.array(tie('field'), { maxLength: 5 }).map((all) => Buffer.concat(all)),
    field: fc
      .record({
        number: fc.oneof({ weight: 6, arbitrary: fc.constantFrom(1, 2) }, fc.integer({ min: 0, max: 20 })),
        wire: fc.oneof({ weight: 6, arbitrary: fc.constant(2) }, fc.integer({ min: 0, max: 7 })),
        inside: fc.oneof(
          { depthSize: 'medium', maxDepth: 6 },
          fc.uint8Array({ maxLength: 12 }).map((each) => Buffer.from(each)),
          tie('tree'),
        ),
        length: fc.oneof(
          { weight: 12, arbitrary: fc.constant(undefined) },
          fc.integer({ min: 0, max: 2 ** 31 }),
        ),
      })
      .map(({ number, wire, inside, length }) =>
        wire === 2
          ? Buffer.concat([varint((number << 3) | 2), varint(length ?? inside.length), inside])
          : Buffer.concat([varint((number << 3) | wire), inside]),
      ),
  }));
  const deep = fc
    .record({ of: fc.constantFrom(1, 2, 5, 6, 9), levels: fc.integer({ min: 50, max: 3_000 }) })
    .map(({ of, levels }) => {
      let body: Buffer = Buffer.alloc(0);
      for (let i = 0; i < levels; i++) body = within(of, body);
      return within(1, within(2, within(2, body)));
    });
  return fc.oneof({ weight: 9, arbitrary: tree }, { weight: 1, arbitrary: deep });
}
