import { expect, test, vi } from 'vitest';
import { isEvent, LOOKING, type ParsedEvent } from '../parsed-event.ts';
import { type JsonFormat, parseBody } from './json.ts';

const parse = (text: string | Buffer, format: JsonFormat = 'ndjson', eventBytes = 1000) => {
  const { events, escapes } = parseBody(Buffer.from(text as string), format, { eventBytes, events: 1000 });
  return { events: [...events].filter(isEvent), escapes };
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

test('each bad element of an array alone, an event above the limit in part', () => {
  const list = `[{"a":NaN},{"a":"é"},nul,{"a":"${'x'.repeat(100_000)}"},{"a":1}]`;
  const { events } = parse(list, 'json');
  expect(told(events)).toEqual(['invalid_json', { a: 'é' }, 'invalid_json', 'event_too_large', { a: 1 }]);
  expect(events[0]).toMatchObject({ raw: '{"a":NaN}' });
  expect((events[3] as { raw: string }).raw.length).toBeLessThan(70_000);
});

test('an element is parsed when its turn comes, not before', () => {
  const parsing = vi.spyOn(JSON, 'parse');
  const { events } = parseBody(Buffer.from('[{"a":1},{"a":2}]'), 'json', { eventBytes: 1000, events: 10 });
  expect(parsing).not.toHaveBeenCalled();
  for (const _ of events) break;
  expect(parsing).toHaveBeenCalledOnce();
  parsing.mockRestore();
});

test.each<[string, string, JsonFormat]>([
  ['elements', `[${'{},'.repeat(2000)}{}]`, 'json'],
  ['lines', '{}\n'.repeat(2000), 'ndjson'],
  ['blank lines', `${'\n'.repeat(2000)}{}`, 'ndjson'],
])('more %s than a body may have', (_name, text, format) => {
  expect(() => parse(text, format)).toThrow(expect.objectContaining({ code: 'body_too_large' }));
});

test('elements are counted piece by piece, before the first is given', () => {
  const text = `[${'{},'.repeat(200_000)}{}]`;
  const { events } = parseBody(Buffer.from(text), 'json', { eventBytes: 1000, events: 200_000 });
  const reading = events[Symbol.iterator]();
  expect(reading.next().value).toBe(LOOKING);
  expect(reading.next().value).toBe(LOOKING);
  expect(() => [
    ...parseBody(Buffer.from(text), 'json', { eventBytes: 1000, events: 200_001 }).events,
  ]).not.toThrow();
  expect(() => reading.next()).toThrow(expect.objectContaining({ code: 'body_too_large' }));
});

test('what is made of more objects and lists than any event is refused unparsed, alone', () => {
  const bomb = '['.repeat(40) + ']'.repeat(40);
  const wide = `{"features":[${'{},'.repeat(40)}{}]}`;
  const text = JSON.stringify({ a: '[{'.repeat(40) });
  const parsing = vi.spyOn(JSON, 'parse');
  expect(told(parse(`${bomb}\n${wide}\n${text}`).events)).toEqual([
    'invalid_event',
    'invalid_event',
    { a: '[{'.repeat(40) },
  ]);
  expect(told(parse(`[${bomb},${wide},${text}]`, 'json').events)).toMatchObject([
    'invalid_event',
    'invalid_event',
    {},
  ]);
  expect(told(parse(wide, 'json').events)).toEqual(['invalid_event']);
  expect(parsing).toHaveBeenCalledTimes(2);
  parsing.mockRestore();
});

test('while the end of an event is looked for that is very long, others may go on', () => {
  const long = '['.repeat(1_000_000) + ']'.repeat(1_000_000);
  const limits = { eventBytes: 1000, events: 1000 };
  const found = [...parseBody(Buffer.from(`[${long},{"a":1}]`), 'json', limits).events];
  expect(found.filter((each) => each === LOOKING).length).toBeGreaterThanOrEqual(7);
  expect(told(found.filter(isEvent))).toEqual(['event_too_large', { a: 1 }]);
});

test('a JSON body that cannot be read, in whole', () => {
  for (const text of ['{"a":', '[{"a":1},]', 'nonsense', '{"a":1}{"a":2}']) {
    expect(() => parse(text, 'json')).toThrow(expect.objectContaining({ code: 'invalid_json' }));
  }
  expect(() => parse(Buffer.from([0x22, 0xff, 0x22]), 'json')).toThrow(
    expect.objectContaining({ code: 'invalid_json' }),
  );
});

test.each(['[]', ' [ ] ', '[\n]\n'])('a list of no events: %j', (text) => {
  expect([...parse(text, 'json').events]).toEqual([]);
});

test.each([
  ['{', 'it ends too early'],
  ['{"a":"b', 'it ends too early'],
  ['[{"a":1}', 'it ends too early'],
  ['{"a":1,}', 'unexpected text at position 7'],
])('what is wrong with %s', (text, why) => {
  expect(() => parse(text, 'json')).toThrow(`the body is not valid JSON: ${why}`);
});

test('nothing between two commas is said to be that', () => {
  const events = [...parse('[{"a":1},,{"a":2}]', 'json').events];
  expect(events.map((event) => ('code' in event ? event.message : event.value))).toEqual([
    ...[{ a: 1 }, 'there is nothing where an event should be', { a: 2 }],
  ]);
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
