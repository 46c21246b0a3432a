import { expect, test } from 'vitest';
import type { ParsedEvent } from '../parsed-event.ts';
import { type JsonFormat, parseBody } from './json.ts';

const parse = (text: string | Buffer, format: JsonFormat = 'ndjson', limit = 1000) => {
  const { events, escapes } = parseBody(Buffer.from(text as string), format, limit);
  return { events: [...events], escapes };
};
const told = (events: ParsedEvent[]) => events.map((event) => ('code' in event ? event.code : event.value));

test('one object, an array, or lines', () => {
  expect(told(parse('{"a":1}', 'json').events)).toEqual([{ a: 1 }]);
  expect(told(parse('[{"a":1},2]', 'json').events)).toEqual([{ a: 1 }, 2]);
  expect(told(parse('{"a":1}\r\n\n  \n{"a":2}').events)).toEqual([{ a: 1 }, { a: 2 }]);
});

test('lines that say they are JSON are taken as lines', () => {
  expect(told(parse('{"a":1}\n{"a":NaN}\n{"a":2}\n', 'json').events)).toEqual([
    { a: 1 },
    'invalid_json',
    { a: 2 },
  ]);
});

test('each bad line alone', () => {
  const { events } = parse('{"a":1}\n{"a":Infinity}\n{"a":\n[1]\n"x"');
  expect(told(events)).toEqual([{ a: 1 }, 'invalid_json', 'invalid_json', [1], 'x']);
  expect(events[1]).toMatchObject({ raw: '{"a":Infinity}', message: 'unexpected "I"' });
});

test('a line that is not UTF-8 alone', () => {
  const body = Buffer.concat([
    Buffer.from('{"a":1}\n'),
    Buffer.from([0x7b, 0xff, 0x7d, 0x0a]),
    Buffer.from('{"a":"é"}'),
  ]);
  expect(told(parse(body).events)).toEqual([{ a: 1 }, 'invalid_unicode', { a: 'é' }]);
});

test('an event above the limit alone', () => {
  const long = `{"a":"${'x'.repeat(1000)}"}`;
  expect(told(parse(`{"a":1}\n${long}`).events)).toEqual([{ a: 1 }, 'event_too_large']);
  expect(told(parse(`[{"a":1},${long}]`, 'json').events)).toEqual([{ a: 1 }, 'event_too_large']);
});

test('a JSON body that cannot be read, in whole', () => {
  for (const text of ['{"a":', '[{"a":1},]', 'nonsense', '{"a":1}{"a":2}']) {
    expect(() => parse(text, 'json')).toThrow(expect.objectContaining({ code: 'invalid_json' }));
  }
  expect(() => parse(Buffer.from([0x22, 0xff, 0x22]), 'json')).toThrow(
    expect.objectContaining({ code: 'invalid_json' }),
  );
});

test('an empty body, a byte order mark, escapes', () => {
  for (const text of ['', ' \n\t\n']) {
    expect(() => parse(text)).toThrow(expect.objectContaining({ code: 'empty_body' }));
  }
  expect(told(parse('\ufeff{"a":1}', 'json').events)).toEqual([{ a: 1 }]);
  expect(parse('{"a":"x"}').escapes).toBe(false);
  expect(parse('{"a":"\\u0041"}').escapes).toBe(true);
});

test('nesting that no parser should fall over', () => {
  const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
  const { events } = parse(deep, 'ndjson', 1_000_000);
  expect(events).toHaveLength(1);
});
