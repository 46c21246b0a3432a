import { expect, test } from 'vitest';
import { parseJson } from './parse-json.ts';

const parse = (body: string) => parseJson({ headers: {} }, body);

test('a name __proto__ is refused, however it is written and wherever it is; as a value it is a text like others', async () => {
  for (const body of ['{"columns":{"__proto__":"numeric"}}', '[{"a":[{"\\u005f_proto__":1}]}]'])
    await expect(parse(body)).rejects.toMatchObject({
      code: 'invalid_json',
      message: expect.stringContaining('__proto__'),
    });
  expect(await parse('{"name":"__proto__","constructor":{"toString":1}}')).toEqual({
    name: '__proto__',
    constructor: { toString: 1 },
  });
});

test('names and values with what no store keeps are refused', async () => {
  for (const body of ['{"a\\u0000":1}', '{"a":"\\ud800"}'])
    await expect(parse(body)).rejects.toMatchObject({ code: 'invalid_unicode' });
  expect(await parse('{"a":"\\ud83d\\ude00"}')).toEqual({ a: '😀' });
});
