import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../app.ts';
import { freePort } from '../free-port.ts';
import { until } from '../until.ts';

const folder = mkdtempSync(join(tmpdir(), 'tiltmeter-shippers-'));
let tilt: TestApp;
let rsyslog: ChildProcess;
let port: number;

/** As docs/stages.md has it, with a way in of its own. */
const configuration = (address: string, key: string) => `
global(workDirectory="${folder}/work")
module(load="imudp")
module(load="omelasticsearch")
input(type="imudp" address="127.0.0.1" port="${port}")
template(name="tiltmeter" type="list" option.json="on") {
  constant(value="{\\"@timestamp\\":\\"") property(name="timereported" dateFormat="rfc3339")
  constant(value="\\",\\"level\\":\\"")     property(name="syslogseverity-text")
  constant(value="\\",\\"host\\":\\"")      property(name="hostname")
  constant(value="\\",\\"program\\":\\"")   property(name="programname")
  constant(value="\\",\\"message\\":\\"")   property(name="msg" controlcharacters="escape")
  constant(value="\\",\\"model\\":\\"churn\\",\\"stage\\":\\"inference\\"}")
}
action(type="omelasticsearch" server="${address}/api/v1/elasticsearch" uid="tiltmeter" pwd="${key}"
       searchIndex="ml-inference" searchType="" bulkmode="on" template="tiltmeter" action.resumeRetryCount="-1"
       errorFile="${folder}/errors.json")
`;

beforeAll(async () => {
  tilt = await startTestApp();
  await tilt.json('POST', '/api/v1/models', { id: 'churn', task: 'binary' });
  port = await freePort();
  mkdirSync(join(folder, 'work'));
  writeFileSync(join(folder, 'rsyslog.conf'), configuration(tilt.address, tilt.adminKey));
  const args = ['-n', '-f', join(folder, 'rsyslog.conf'), '-i', join(folder, 'pid')];
  rsyslog = spawn('/usr/sbin/rsyslogd', args, { stdio: 'ignore' });
});
afterAll(async () => {
  const ended = once(rsyslog, 'exit');
  rsyslog.kill('SIGKILL');
  await ended;
  await tilt.stop();
  rmSync(folder, { recursive: true, force: true });
});

const log = (priority: string, message: string) =>
  promisify(execFile)('logger', [
    ...[
      '--udp',
      '--server',
      '127.0.0.1',
      '--port',
      String(port),
      '--rfc5424',
      '-p',
      priority,
      '-t',
      'scorer',
    ],
    message,
  ]);

test('the rsyslog of Debian: its lines are stage records, by the bulk API', async () => {
  const stored = async () => {
    const { body } = await tilt.json('GET', '/api/v1/models/churn/stages?limit=500');
    return body.items as { message: string; level: string; attributes: Record<string, string> }[];
  };
  // Of datagrams those that come before it listens are lost.
  await until(async () => {
    await log('local0.info', 'is it there');
    return (await stored()).length > 0;
  }, 500);
  for (let i = 0; i < 100; i++) await log('local0.info', `scored ${i} rows of "orders"`);
  await log('local0.err', 'cannot reach 10.0.0.7: timed out');
  await until(async () => (await stored()).filter(({ message }) => message !== ' is it there').length >= 101);
  const all = await stored();
  expect(all.find(({ level }) => level === 'error')).toMatchObject({
    stage: 'inference',
    message: expect.stringContaining('cannot reach 10.0.0.7: timed out'),
    attributes: { program: 'scorer', host: expect.any(String) },
  });
  const { body } = await tilt.json('GET', '/api/v1/models/churn/stages/patterns');
  expect(body.items).toContainEqual(
    expect.objectContaining({ template: 'scored <*> rows of "orders"', count: 100 }),
  );
});
