import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createGunzip } from 'node:zlib';
import { ERRORS, TiltmeterError } from '../contract/errors.ts';
import type { Agent, AgentFigures } from './agent.ts';
import { takePredictions } from './take.ts';

/** Bytes that the body of a request may have, decompressed, as at the server. */
const MOST_BYTES = 16 * 1024 * 1024;

/** The doors of an agent: predictions in, figures out. Nothing that was sent can be read back. */
export function agentServer(agent: Agent, clock: () => number): Server {
  return createServer((request, response) => {
    void answer(agent, clock, request).then(
      ({ status, type = 'application/json', body }) => reply(response, status, type, body),
      (error: unknown) => fail(response, error),
    );
  });
}

interface Answer {
  readonly status: number;
  readonly type?: string;
  readonly body: string;
}

async function answer(agent: Agent, clock: () => number, request: IncomingMessage): Promise<Answer> {
  const { method = 'GET', headers } = request;
  const path = new URL(request.url ?? '/', 'http://agent').pathname;
  // A page of some site in a browser on this machine is no service of it.
  if (headers.origin !== undefined) throw new TiltmeterError('cross_origin');
  if (method === 'POST' && path === '/api/v1/predictions') {
    const body = await bodyOf(request);
    const receipt = await takePredictions(agent, body, headers['content-type'], clock());
    const nothing = receipt.rejected_total > 0 && receipt.rejected_total === receipt.received;
    return { status: nothing ? 422 : 200, body: JSON.stringify(receipt) };
  }
  if (method === 'GET' && path === '/healthz') return { status: 200, body: '{"ok":true}' };
  if (method === 'GET' && path === '/figures')
    return { status: 200, body: JSON.stringify(await agent.figures()) };
  if (method === 'GET' && path === '/metrics')
    return { status: 200, type: 'text/plain; version=0.0.4', body: exposition(await agent.figures()) };
  throw new TiltmeterError(
    'not_found',
    'an agent takes POST /api/v1/predictions; labels, and whatever else joins rows, go to the server',
  );
}

/** Errors: body_too_large, invalid_compression, unsupported_encoding. */
async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity' && encoding !== 'gzip') throw new TiltmeterError('unsupported_encoding');
  const source = encoding === 'gzip' ? request.pipe(createGunzip()) : request;
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of source) {
      bytes += (chunk as Buffer).length;
      if (bytes > MOST_BYTES) throw new TiltmeterError('body_too_large');
      chunks.push(chunk as Buffer);
    }
  } catch (error) {
    if (error instanceof TiltmeterError || encoding === 'identity') throw error;
    throw new TiltmeterError('invalid_compression');
  }
  return Buffer.concat(chunks);
}

function exposition({ counted, waiting, dropped, refused }: AgentFigures): string {
  const figures = [
    ['counter', 'tiltmeter_agent_predictions_total', 'Predictions counted since the start', counted],
    ['gauge', 'tiltmeter_agent_waiting_pieces', 'Pieces that wait to be sent', waiting.pieces],
    ['gauge', 'tiltmeter_agent_waiting_bytes', 'Bytes of these', waiting.bytes],
    [
      'counter',
      'tiltmeter_agent_dropped_predictions_total',
      'Predictions of pieces that gave way',
      dropped?.predictions ?? 0,
    ],
    [
      'counter',
      'tiltmeter_agent_refused_pieces_total',
      'Pieces of which the server refused some',
      refused?.pieces ?? 0,
    ],
  ] as const;
  return figures
    .map(([type, name, help, value]) => `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${name} ${value}\n`)
    .join('');
}

function fail(response: ServerResponse, error: unknown): void {
  const known = error instanceof TiltmeterError ? error : new TiltmeterError('internal');
  const { code, message } = known;
  const { hint } = ERRORS[code];
  reply(response, known.status, 'application/json', JSON.stringify({ error: { code, message, hint } }));
}

function reply(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) });
  response.end(body);
}
