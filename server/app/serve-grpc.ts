import { createGrpc, type GrpcOptions, type GrpcServer } from '../http/grpc/server.ts';
import { CLOSE_WITHIN_MS, listen } from './listen.ts';
import { WITHOUT_GRPC } from './options.ts';

/**
 * Listens for calls of gRPC, and gives the port. Where it cannot the server goes on without, and the log says so: a Collector
 * of one's own may have had the port first.
 */
export async function serveGrpc(
  options: GrpcOptions,
  host: string,
  port: number,
  opening: AsyncDisposableStack,
): Promise<number | undefined> {
  const grpc = createGrpc(options);
  opening.defer(() => close(grpc));
  try {
    return await listen(grpc.http, host, port);
  } catch (error) {
    const why = (error as Error).message;
    options.ctx.log.warn({ port }, `OTLP over gRPC is not taken: ${why}. ${WITHOUT_GRPC}`);
    return undefined;
  }
}

async function close({ http, destroyAll }: GrpcServer): Promise<void> {
  const timer = setTimeout(destroyAll, CLOSE_WITHIN_MS);
  await http.close();
  clearTimeout(timer);
}
