/**
 * The lake host: the child process that holds the engine. It knows no SQL and no policy; it runs what the parent
 * sends and answers pings while it does. It never outlives its parent.
 */
import type { FromHost, HostOptions, RunRequest, ToHost } from './protocol.ts';

// A process that leaves through process.exit while the engine works stays alive for seconds; a kill never lost an
// acknowledged row.
const die = () => process.kill(process.pid, 'SIGKILL');
process.on('disconnect', die);
process.on('uncaughtException', (error) => {
  process.stderr.write(`${error.stack}\n`);
  die();
});
// The terminal sends these to every process of the group; when to stop is the parent's decision.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});

const send = (message: FromHost) => {
  if (process.connected) process.send!(message, undefined, {}, () => {});
};

const options = JSON.parse(process.argv[2]!) as HostOptions;
process.chdir(options.spoolDir);

const pool = await open();

async function open() {
  try {
    const { SessionPool } = await import('./session-pool.ts');
    return new SessionPool(options.dir, options.engineArguments);
  } catch (error) {
    send({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
    return undefined;
  }
}

async function run({ id, sql, format }: RunRequest) {
  try {
    send({ type: 'answer', id, bytes: await pool!.run(sql, format) });
  } catch (error) {
    send({ type: 'error', id, message: error instanceof Error ? error.message : String(error) });
  }
}

process.on('message', (message: ToHost) => {
  if (message.type === 'ping') send({ type: 'pong', rss: process.memoryUsage.rss() });
  else void run(message);
});

if (pool) send({ type: 'ready' });
