import { describe, expect, test } from 'vitest';
import { LINK_PRESETS } from './link-presets.ts';
import { fillTemplate, LINK_PLACES, type LinkPlace, linkTimes, templateFault } from './link-template.ts';

const EVERY = Object.keys(LINK_PLACES) as LinkPlace[];

describe('what may be a link', () => {
  test.each([
    ['javascript:alert(1)', /begins with http/],
    ['JAVASCRIPT:alert(1)//https://x.org/', /begins with http/],
    ['data:text/html,<script>', /begins with http/],
    ['//jaeger.example.org/{model}', /begins with http/],
    ['/trace/{model}', /begins with http/],
    [' https://x.org/', /begins with http/],
    ['https://{model}/trace', /begins with http/],
    ['https://{model}.example.org/trace', /begins with http/],
    ['https://x.org:{model}/', /begins with http/],
    ['https://me:secret@x.org/{model}', /begins with http/],
    ['https://x.org\\@evil.example/{model}', /begins with http/],
    ['https://x.org/a b', /blank/],
    ['https://x.org/\u202egpj', /not seen/],
    ['https://[x]/{model}', /no address/],
    ['https://x.org/{"a":1}', /%7B and %7D/],
    ['https://x.org/{}', /%7B and %7D/],
    ['https://x.org/{modell}', /there is no modell, but model/],
    ['https://x.org/{model:html}', /json or rison, not html/],
    ['https://x.org/{model:constructor}', /not constructor/],
  ])('%s is refused', (url, why) => expect(templateFault(url, ['model'])).toMatch(why));

  test('a value that one of its pages does not have is refused by the name of that page', () => {
    expect(templateFault('https://x.org/{trace_id}', ['trace', 'model'])).toMatch(
      /of a model there is no trace_id/,
    );
    expect(templateFault('http://x.org:3000?m={model}', EVERY)).toBeNull();
  });

  test.each(LINK_PRESETS)('the preset $id holds, and leads to an address', ({ where, url }) => {
    expect(templateFault(url, where)).toBeNull();
    for (const place of where) {
      const values = Object.fromEntries(LINK_PLACES[place].map((name) => [name, 'v']));
      expect(URL.canParse(fillTemplate(url, values) ?? '')).toBe(true);
    }
  });
});

describe('a template with its values', () => {
  const trace = (trace_id: string | null) =>
    fillTemplate('https://j.org/trace/{trace_id}?x=1#a', { trace_id });

  test.each([
    ['4bf92f', '4bf92f'],
    ['a/../b?c=d&e#f', 'a%2F..%2Fb%3Fc%3Dd%26e%23f'],
    ["\" onclick='x'", '%22%20onclick%3D%27x%27'],
    ['javascript:alert(1)', 'javascript%3Aalert%281%29'],
    ['{model}', '%7Bmodel%7D'],
    ['größe', 'gr%C3%B6%C3%9Fe'],
  ])('%s stays one part of the path', (value, encoded) => {
    expect(trace(value)).toBe(`https://j.org/trace/${encoded}?x=1#a`);
    expect(new URL(trace(value)!).pathname).toBe(`/trace/${encoded}`);
  });

  test.each([[null], [''], ['.'], ['..'], ['\ud800']])(
    'without a value that can be one (%s) there is no link',
    (value) => expect(trace(value)).toBeNull(),
  );

  test('a stored text that is no address leads nowhere', () =>
    expect(fillTemplate('javascript:alert({model})', { model: 'm' })).toBeNull());

  test('within JSON within an address a value stays one string', () => {
    const grafana = LINK_PRESETS.find(({ id }) => id === 'grafana')!;
    const metric = 'a"}],"evil":"\\';
    const filled = fillTemplate(grafana.url, { metric, ...linkTimes(1_000.4, 2_000.4) })!;
    const { a } = JSON.parse(new URL(filled).searchParams.get('panes')!);
    expect(a.queries[0].expr).toBe('{__name__="a\\"}],\\"evil\\":\\"\\\\"}');
    expect(a.range).toEqual({ from: '1000', to: '2001' });
  });

  test("within a string of Kibana's rison, too", () => {
    const kibana = LINK_PRESETS.find(({ id }) => id === 'kibana')!;
    const filled = fillTemplate(kibana.url, { trace_id: `a'!"b`, ...linkTimes(0, 1) })!;
    expect(decodeURIComponent(filled)).toContain(String.raw`query:'trace.id:"a!'!!\"b"'`);
    expect(decodeURIComponent(filled)).toContain("from:'1970-01-01T00:00:00.000Z'");
  });
});
