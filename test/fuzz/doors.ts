import type { OpenApi } from '../../server/http/openapi.ts';
import { TELEMETRY_KINDS } from '../../server/telemetry/kinds/index.ts';

/** What a person says of one item that must be there: asked with all other routes. */
const ELSEWHERE = new Set(['/api/v1/models/{model}/review/items/{id}/answer']);

/** Every way in for what a sender sends: in the document those that a key to send may call and those that read the body themselves, and beside it the calls of gRPC. */
export function doorsOf({ paths }: OpenApi): string[] {
  const documented = Object.entries(paths)
    .filter(([path, { post }]) => {
      if (post === undefined || ELSEWHERE.has(path)) return false;
      return (
        post.description.startsWith('Needs ingest access') ||
        'application/x-ndjson' in (post.requestBody?.content ?? {})
      );
    })
    .map(([path]) => path);
  return [...documented, ...TELEMETRY_KINDS.map(({ service }) => `/${service}/Export`)];
}

/** The door that a request went to, by its path. */
export function doorOf(doors: readonly string[], path: string): string | undefined {
  const [place = ''] = path.split('?');
  return doors.find((door) => {
    const pattern = door.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{\w+\}/g, '[^/]+');
    return new RegExp(`^${pattern}$`).test(place);
  });
}
