import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { TiltmeterError } from '../../../contract/errors.ts';
import { random as randomOf } from '../../../stats/random.ts';
import { countSamples, type ExpositionFormat, readExposition } from './read-exposition.ts';
import { labelsOf } from './series-text.ts';

const fixture = (name: string): Buffer => readFileSync(`${import.meta.dirname}/fixtures/${name}`);

/** Everything that is read of a page: its samples, and what is said of lines that are none. */
function read(body: Buffer, format: ExpositionFormat) {
  return [...readExposition(body, format)].map(({ from, to, number, value, time, metadata, wrong }) => {
    try {
      if (wrong !== undefined) throw wrong;
      const [[, name], ...labels] = labelsOf(body.toString('utf8', from, to)) as [
        [string, string],
        ...[string, string][],
      ];
      return { number, name, labels: Object.fromEntries(labels.sort()), value, time, metadata };
    } catch (error) {
      if (!(error instanceof TiltmeterError)) throw error;
      return { number, wrong: error.message };
    }
  });
}

const TYPES: Readonly<Record<string, string>> = { unknown: '' };
/** Python writes inf, nan and 5e-324 in its own way. */
const asNumber = (text: string) => Number(text.replace(/^(-?)inf$/, '$1Infinity').replace(/^nan$/, 'NaN'));

test.each([
  ['text.prom', 'text'],
  ['times.prom', 'text'],
  ['openmetrics.prom', 'openmetrics'],
] as const)('%s of prometheus_client is read as its own parser reads it', (name, format) => {
  const expected = JSON.parse(fixture(`${name}.json`).toString('utf8'));
  expect(expected.length).toBeGreaterThan(2);
  const page = fixture(name);
  const samples = read(page, format);
  expect(countSamples(page)).toBe(samples.length);
  expect(samples.map(({ number: _, ...sample }) => sample)).toEqual(
    // biome-ignore lint/suspicious/noExplicitAny: a file of the other implementation
    expected.map(({ name, labels, value, time, type, help }: any) => ({
      ...{ name, value: asNumber(value), time: time ?? undefined },
      labels: Object.fromEntries(Object.entries(labels).filter(([, text]) => text !== '')),
      metadata: expect.objectContaining({ type: TYPES[type] ?? type, help: help.slice(0, 512) }),
    })),
  );
});

test.each([
  ['up', 'a series has no value'],
  ['up one', '"one" is no number'],
  ['up 0x1f', '"0x1f" is no number'],
  ['up 1 soon', '"soon" is no time'],
  ['up 1 1774000000000 more', 'more follows behind the time'],
  ['up{job="a" 1', 'the labels have no closing brace'],
  ['up{job="a} 1', 'the labels have no closing brace'],
  ['up{job=a} 1', '"job=a" is no label'],
  ['up{job} 1', '"job" has no value'],
  ['up{job="a" pod="b"} 1', '"job=\\"a\\" pod=\\"b\\"" is no label'],
  ['up{job="a",job="b"} 1', 'the label "job" is there twice'],
  ['up{a-b="c"} 1', '"a-b" is no name of a label'],
  ['up{__name__="c"} 1', 'the label __name__ is the name of the metric'],
  ['1up 1', '"1up" is no name of a metric'],
  ['{job="a"} 1', 'a series has no name'],
  ['<!doctype html>', '"html>" is no number'],
])('%s: %s, and the lines beside it are read', (line, message) => {
  const [before, wrong, after] = read(Buffer.from(`a 1\n${line}\nb{c="d"} 2\n`), 'text');
  expect(before).toMatchObject({ name: 'a', value: 1 });
  expect(wrong).toMatchObject({ number: 2, wrong: expect.stringContaining(message) });
  expect(after).toMatchObject({ number: 3, name: 'b', labels: { c: 'd' }, value: 2 });
});

test('a page of OpenMetrics that was cut off says so; what was read before stays', () => {
  const page = fixture('openmetrics.prom');
  const cut = read(page.subarray(0, page.lastIndexOf('# EOF')), 'openmetrics');
  expect(cut.slice(0, -1)).toEqual(read(page, 'openmetrics'));
  expect(cut.at(-1)).toEqual({
    number: expect.any(Number),
    wrong: expect.stringContaining('# EOF is missing'),
  });
});

test('names and labels in quotes, lines that end as on Windows, a last line without an end', () => {
  expect(read(Buffer.from('{"my.metric","a b"="c"} 1\r\nlast 2'), 'text')).toMatchObject([
    { name: 'my.metric', labels: { 'a b': 'c' }, value: 1 },
    { name: 'last', value: 2 },
  ]);
});

test('labels without end, and one label of megabytes, are refused at once', () => {
  const many = Array.from({ length: 100_000 }, (_, i) => `l${i}="v"`).join(',');
  expect(() => labelsOf(`m{${many}}`)).toThrow('a series may have 128 labels');
  const long = 'x\\"'.repeat(1_000_000);
  expect(labelsOf(`m{l="${long}"}`)[1]![1].length).toBe(2_000_000);
});

test('pages with bytes that were changed, cut or doubled are read, or their lines refused', () => {
  const random = randomOf(11);
  for (const [name, format] of [
    ['text.prom', 'text'],
    ['openmetrics.prom', 'openmetrics'],
  ] as const) {
    const whole = fixture(name);
    for (let n = 0; n < 1500; n++) {
      const page = Buffer.from(whole);
      for (let i = 0; i <= n % 5; i++) page[Math.floor(random() * page.length)] = Math.floor(random() * 256);
      const from = n % 3 === 0 ? Math.floor(random() * page.length) : 0;
      const some = page.subarray(from, from + Math.floor(random() * (page.length - from)) + 1);
      const samples = read(some, format);
      const beyond = format === 'openmetrics' ? 1 : 0;
      expect(samples.length).toBeLessThanOrEqual(countSamples(some) + beyond);
    }
  }
});
