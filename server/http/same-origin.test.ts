import { expect, test } from 'vitest';
import { requireSameOrigin } from './same-origin.ts';

const HTTPS = 'https://tiltmeter.example.org';

test.each([
  ['its own page', HTTPS, 'tiltmeter.example.org', HTTPS, true],
  [
    'a page of its name that came over http',
    'http://tiltmeter.example.org',
    'tiltmeter.example.org',
    HTTPS,
    false,
  ],
  ['another port', `${HTTPS}:8443`, 'tiltmeter.example.org', HTTPS, false],
  ['another site', 'https://evil.example', 'tiltmeter.example.org', HTTPS, false],
  ['no site', 'null', 'tiltmeter.example.org', HTTPS, false],
  ['another name of it', 'https://tiltmeter.internal', 'tiltmeter.internal', HTTPS, true],
  ['who goes round the proxy', 'http://127.0.0.1:8765', '127.0.0.1:8765', HTTPS, true],
  ['a page over http, as its address is', 'http://tiltmeter', 'tiltmeter', 'http://tiltmeter', true],
])('%s', (_, origin, host, address, ours) => {
  const check = () => requireSameOrigin('POST', { origin, host }, address);
  if (ours) expect(check).not.toThrow();
  else expect(check).toThrow(expect.objectContaining({ code: 'cross_origin' }));
});
