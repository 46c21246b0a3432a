import { gzipSync, zstdCompressSync } from 'node:zlib';
import type { Random } from '../../stats/random.ts';

export type Schema = Readonly<Record<string, unknown>>;

/** A moment of what is sent. */
export const BASE = Date.UTC(2026, 0, 5);

/** What stands in an answer only where the engine ran a text that was sent. */
export const RAN = 'zqran';
const RUN = "concat('zq','ran')";
const TEXTS = [
  ...['', 'm', 'p1', 'all', 'a', '_time', '_time:desc', 'a:gt:0', '1h', '7d', 'default', 'opened', 'admin'],
  ...["'", '`; DROP TABLE x', '\\', '%', '%00', '{{7*7}}', '../..', '__proto__', 'constructor', 'toString'],
  ...['\u0000', '\ud800', '\u202e', '名前', 'x'.repeat(300), 'a.null', 'NaN', 'null', '[]', 'true'],
  ...[
    '2026-01-05',
    '2026-01-05T00:00:00Z',
    '9999-12-31T23:59:59Z',
    '1e400',
    'https://127.0.0.1/',
    'x@y.example',
  ],
  ...[
    `' OR ${RUN} != '`,
    `') UNION ALL SELECT ${RUN} -- `,
    `\\'), (${RUN}) -- `,
    `\`, ${RUN}, \``,
    `" || ${RUN} || "`,
  ],
  ...[`1; SELECT ${RUN}`, `{a:String}${RUN}`, `'; SELECT file('/etc/hostname'); -- `, `$$ || ${RUN} || $$`],
];
const NUMBERS = [0, 1, -1, 0.5, 10, 1000, 1e9, BASE, BASE + 3_600_000, 8.64e15, 8.64e15 + 1];
const LARGE = [2 ** 53 - 1, 2 ** 53, -(2 ** 53), 1e21, 1e308, Number.MIN_VALUE, 1e16];
/** Tables and what looks like one, for the routes that take files. */
export const FILES: readonly (string | Buffer)[] = [
  'a,b,prediction\n1,x,0\n2,y,1\n3,x,0\n',
  'id;time;prediction;score;a\np1;2026-01-05;1;0,5;3\np2;2026-01-05T01:00:00Z;0;0,1;4\n',
  '{"a":1,"prediction":0}\n{"a":[1,{"b":2}]}\nnull\n',
  '[{"a":1},{"a":"x"},3]',
  'a,a,"",\u0000,__proto__,constructor,"x\ny"\n1,2,3,4,5,6,7\n"',
  `${Array.from({ length: 3000 }, (_, i) => `c${i}`).join()}\n${'1,'.repeat(2999)}1\n`,
  `a\n${'"'.repeat(99)}\n${'x'.repeat(70_000)}\n`,
  `a,b\n${'1,2\n'.repeat(5000)}`,
  'PAR1nothing of the kindPAR1',
  'ARROW1\u0000\u0000nothing',
  Buffer.from([0xff, 0xfe, 0x61, 0x00, 0x0a, 0x00, 0xd8]),
  Buffer.from([0x80, 0x81, 0x0a, 0x00, 0x00]),
  gzipSync('a,b\n1,2\n'),
  gzipSync(Buffer.alloc(3_000_000, 'a,b\n')),
  gzipSync('a,b\n1,2\n'.repeat(1000)).subarray(0, 30),
  zstdCompressSync('a,b\n1,2\n'),
  'file:///etc/passwd',
  '',
];

export const pick = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() * list.length)]!;

/** A value of a schema, or one that is nearly so, or none at all. */
export function odd(random: Random, schema: Schema | undefined, depth = 0): unknown {
  if (schema === undefined || random() < 0.08) return anything(random, depth);
  if (Array.isArray(schema.enum)) return pick(random, schema.enum);
  if ('const' in schema) return schema.const;
  for (const many of ['anyOf', 'oneOf'])
    if (Array.isArray(schema[many])) return odd(random, pick(random, schema[many] as Schema[]), depth);
  const type = Array.isArray(schema.type) ? pick(random, schema.type) : schema.type;
  if (type === 'object') {
    const required = (schema.required ?? []) as string[];
    const known = Object.entries((schema.properties ?? {}) as Record<string, Schema>)
      .filter(([name]) => random() < (required.includes(name) ? 0.97 : 0.4))
      .map(([name, of]): [string, unknown] => [name, odd(random, of, depth + 1)]);
    const more = schema.additionalProperties as Schema | false | undefined;
    if (typeof more === 'object' && random() < 0.7)
      known.push([pick(random, TEXTS), odd(random, more, depth + 1)]);
    return Object.fromEntries(known);
  }
  if (type === 'array')
    return Array.from({ length: Math.floor(random() * 4) }, () =>
      odd(random, schema.items as Schema | undefined, depth + 1),
    );
  if (type === 'integer' || type === 'number') return pick(random, random() < 0.7 ? NUMBERS : LARGE);
  if (type === 'boolean') return random() < 0.5;
  if (type === 'null') return null;
  return pick(random, TEXTS);
}

function anything(random: Random, depth: number): unknown {
  const kind = Math.floor(random() * (depth > 3 ? 4 : 6));
  if (kind === 0) return null;
  if (kind === 1) return random() < 0.5;
  if (kind === 2) return pick(random, [...NUMBERS, ...LARGE]);
  if (kind === 3) return pick(random, TEXTS);
  const parts = Array.from({ length: Math.floor(random() * 3) }, () => anything(random, depth + 1));
  return kind === 4 ? parts : Object.fromEntries(parts.map((part) => [pick(random, TEXTS), part]));
}
