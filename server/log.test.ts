import { expect, test } from 'vitest';
import { createLog } from './log.ts';

test('secrets do not reach the log', () => {
  const lines: string[] = [];
  const log = createLog('info', { write: (line: string) => void lines.push(line) });
  log.info({ token: 'hush', headers: { authorization: 'Bearer hush', cookie: 'hush', host: 'a' } }, 'seen');
  log.debug({}, 'too fine');
  expect(lines).toHaveLength(1);
  expect(lines[0]).not.toContain('hush');
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    msg: 'seen',
    token: '[redacted]',
    headers: { host: 'a' },
  });
});
