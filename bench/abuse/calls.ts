import { type ClientHttp2Session, type ClientHttp2Stream, connect, constants } from 'node:http2';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { type Abuse, FROM, type Target } from './target.ts';

const METHOD = '/opentelemetry.proto.collector.logs.v1.LogsService/Export';
const MB = 1024 * 1024;

/** So many connections of gRPC with so many calls on each, made anew when they end; `use` writes a call and resolves when it is through with it. */
async function calls(
  target: Target,
  connections: number,
  each: number,
  use: (call: ClientHttp2Stream) => void | Promise<void>,
): Promise<Map<string, number>> {
  const answers = new Map<string, number>();
  target.begun();
  const tell = (answer: string) => answers.set(answer, (answers.get(answer) ?? 0) + 1);
  const loop = async () => {
    while (!target.over.aborted) {
      const session = connect(`http://127.0.0.1:${target.grpcPort}`, { localAddress: FROM } as object);
      session.on('error', () => {});
      const stop = () => session.destroy();
      target.over.addEventListener('abort', stop, { once: true });
      await Promise.all(
        Array.from({ length: each }, async () => {
          while (!session.destroyed && !target.over.aborted) {
            const status = await answered(session, target, use);
            tell(target.over.aborted ? 'over' : status);
            // Who is told to wait and does not is an abuser, but not one that only burns its own processor.
            if (status !== '0') await sleep(20);
          }
        }),
      );
      target.over.removeEventListener('abort', stop);
    }
  };
  await Promise.all(Array.from({ length: connections }, loop));
  return answers;
}

/** The status of a call, `broken` where it got none. */
function answered(
  session: ClientHttp2Session,
  { ingestKey }: Target,
  use: (call: ClientHttp2Stream) => void | Promise<void>,
): Promise<string> {
  return new Promise((resolve) => {
    const call = session.request({
      ...{ ':method': 'POST', ':path': METHOD, 'content-type': 'application/grpc', te: 'trailers' },
      ...{ authorization: `Bearer ${ingestKey}`, 'grpc-encoding': 'gzip' },
    });
    let status = 'broken';
    call.on('error', () => {});
    call.on('trailers', (trailers) => {
      status = String(trailers['grpc-status']);
      // What is not sent yet is given up.
      call.close(constants.NGHTTP2_NO_ERROR);
    });
    call.once('close', () => resolve(status));
    call.resume();
    void use(call);
  });
}

/** A compressed message, and a length that need not be its own. */
function message(packed: Buffer, length = packed.length): Buffer {
  const prefix = Buffer.from([1, 0, 0, 0, 0]);
  prefix.writeUInt32BE(length, 1);
  return Buffer.concat([prefix, packed]);
}

/** Calls of gRPC that are made to harm. */
export const CALLS: readonly Abuse[] = [
  {
    name: 'gRPC: 200 MB of zeros a call',
    run(target) {
      const bomb = message(gzipSync(Buffer.alloc(200 * MB)));
      return calls(target, 2, 8, (call) => void call.end(bomb));
    },
  },
  {
    name: 'gRPC: 512 calls of a megabyte, a byte a second',
    run: (target) =>
      calls(target, 16, 32, async (call) => {
        call.write(message(Buffer.alloc(0), MB));
        while (!call.destroyed) {
          call.write('\x1f');
          await sleep(1000);
        }
      }),
  },
];
