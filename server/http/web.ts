import { existsSync } from 'node:fs';
import { join, sep } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';

const NOT_BUILT = 'The dashboard is not built yet. Run "npm run build:web", then start the server again.\n';

/** Addresses that programs call: an unknown one among them is an error, not a page of the dashboard. */
const FOR_PROGRAMS = /^\/(api|v1|assets|metrics|healthz|readyz|docs)(\/|$)/;

/** The built dashboard. File names with a hash in them never change, so they are cached for ever. */
export async function addWeb(http: FastifyInstance, webDir: string): Promise<void> {
  if (!existsSync(join(webDir, 'index.html'))) {
    http.get('/', (_request, reply) => reply.code(503).type('text/plain').send(NOT_BUILT));
    return;
  }
  const assets = join(webDir, 'assets') + sep;
  await http.register(fastifyStatic, {
    root: webDir,
    cacheControl: false,
    preCompressed: true,
    setHeaders(reply, file) {
      reply.header(
        'cache-control',
        file.startsWith(assets) ? 'public, max-age=31536000, immutable' : 'no-cache',
      );
    },
  });
}

/** Whether a browser asks for one of the dashboard's own pages, which its router then shows. */
export function isPage(method: string, path: string, accept: string | undefined): boolean {
  return (
    (method === 'GET' || method === 'HEAD') && !FOR_PROGRAMS.test(path) && !!accept?.includes('text/html')
  );
}

export function sendPage(reply: FastifyReply): FastifyReply {
  const sendFile: FastifyReply['sendFile'] | undefined = reply.sendFile;
  return sendFile ? sendFile.call(reply, 'index.html') : reply.code(503).type('text/plain').send(NOT_BUILT);
}
