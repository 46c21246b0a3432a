import { z } from 'zod';
import { ERRORS } from '../../contract/errors.ts';
import { VERSION } from '../version.ts';
import { type Route, SMALL_BODY } from './route.ts';

type Json = Record<string, unknown>;

export interface OpenApi {
  readonly openapi: '3.1.0';
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: Json;
  readonly security: unknown[];
}

export interface Operation {
  readonly summary: string;
  readonly tags: string[];
  readonly operationId: string;
  readonly description: string;
  readonly security?: unknown[];
  readonly parameters?: { name: string; in: string; required: boolean; schema: Json }[];
  readonly requestBody?: { required: boolean; content: Record<string, { schema: Json }> };
  readonly responses: Record<string, Json>;
}

const ErrorReply = z.object({
  error: z.object({
    code: z.enum(Object.keys(ERRORS) as [string, ...string[]]),
    message: z.string(),
    hint: z.string().optional(),
    details: z.unknown().optional(),
  }),
});

/**
 * The OpenAPI 3.1 document of these routes, derived from the schemas that validate them. `turn` is awaited between two of them: all take a
 * tenth of a second, and nobody should wait for that.
 */
export async function openApi(routes: readonly Route[], turn: () => Promise<void>): Promise<OpenApi> {
  const paths: OpenApi['paths'] = {};
  for (const route of routes) {
    await turn();
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Tiltmeter',
      version: VERSION,
      description:
        'Observability for machine-learning models in production. Errors have a code, a message and a hint.',
    },
    paths,
    components: {
      securitySchemes: { key: { type: 'http', scheme: 'bearer', description: 'An API key: tm_…' } },
      schemas: { Error: schemaOf(ErrorReply, 'output') },
    },
    security: [{ key: [] }],
  };
}

function operation(route: Route): Operation {
  const parameters = [...parametersOf(route.params, 'path'), ...parametersOf(route.query, 'query')];
  const people = route.byPeople ? ' No key may: a person does, or the operator.' : '';
  const access = route.access === 'public' ? 'Needs no key.' : `Needs ${route.access} access.${people}`;
  const status = String(route.status ?? (route.reply || route.produces ? 200 : 204));
  const type = route.produces ?? 'application/json';
  const content = route.reply ? { content: { [type]: { schema: schemaOf(route.reply, 'output') } } } : {};
  return {
    summary: route.summary,
    tags: [route.tag],
    operationId: `${route.method.toLowerCase()}${route.path.replace(/\W+(\w)/g, (_, first: string) => first.toUpperCase())}`,
    description: route.body && !route.raw ? `${access} ${sizeOf(route.bodyLimit ?? SMALL_BODY)}` : access,
    ...(route.access === 'public' ? { security: [] } : {}),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(route.body ? { requestBody: requestBody(route) } : {}),
    responses: {
      [status]: { description: 'Done', ...content },
      default: {
        description: 'An error',
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
      },
    },
  };
}

const sizeOf = (bytes: number) => `The body has at most ${bytes / 1024} KiB.`;

/** Raw routes take many objects at a time, one a line, as well. */
function requestBody(route: Route): Operation['requestBody'] {
  const schema = schemaOf(route.body as z.ZodType, 'input');
  const lines: Record<string, { schema: Json }> = route.raw ? { 'application/x-ndjson': { schema } } : {};
  return { required: true, content: { 'application/json': { schema }, ...lines } };
}

function parametersOf(schema: z.ZodType | undefined, place: 'path' | 'query') {
  if (!schema) return [];
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: property,
  }));
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
}
