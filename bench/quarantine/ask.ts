import { Agent, request } from 'node:http';

/** Milliseconds from asking to the whole answer, smallest first. */
export type Took = readonly number[];

/** Asks for these addresses of a server, one by one or so many at once, over connections that stay open. Errors: an answer other than 200. */
export async function askAll(
  server: string,
  key: string,
  paths: readonly string[],
  together: number,
): Promise<Took> {
  const agent = new Agent({ keepAlive: true });
  const { hostname, port } = new URL(server);
  const headers = { authorization: `Bearer ${key}` };
  const ask = (path: string) =>
    new Promise<number>((resolve, reject) => {
      const began = performance.now();
      request({ agent, hostname, port, path, headers }, (reply) => {
        if (reply.statusCode !== 200) reject(new Error(`${path}: ${reply.statusCode}`));
        reply.resume().on('end', () => resolve(performance.now() - began));
      })
        .on('error', reject)
        .end();
    });
  const took: number[] = [];
  let next = 0;
  const asker = async () => {
    while (next < paths.length) took.push(await ask(paths[next++]!));
  };
  await Promise.all(Array.from({ length: together }, asker));
  agent.destroy();
  return took.sort((a, b) => a - b);
}

/** The value below which such a share of them lies. */
export function at(took: Took, share: number): number {
  return took[Math.min(took.length - 1, Math.floor(share * took.length))]!;
}
