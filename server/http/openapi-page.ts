import type { OpenApi, Operation } from './openapi.ts';

const STYLE = `
:root { color-scheme: light dark; --line: color-mix(in srgb, currentColor 15%, transparent) }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
h2 { margin-top: 2.5rem; text-transform: capitalize }
details { border: 1px solid var(--line); border-radius: 6px; margin: .5rem 0; padding: .5rem .75rem }
summary { cursor: pointer } summary code { font-weight: 600 } summary span { opacity: .75; margin-left: .75rem }
pre { overflow: auto; max-height: 24rem; padding: .75rem; border-radius: 6px; background: color-mix(in srgb, currentColor 6%, transparent) }
pre.call { user-select: all; white-space: pre-wrap }
table { border-collapse: collapse } td { border-top: 1px solid var(--line); padding: .25rem 1rem .25rem 0; vertical-align: top }
`;

/** The API on one page without scripts, made from its OpenAPI document. */
export function referencePage(api: OpenApi): string {
  const tags = new Map<string, string[]>();
  for (const [path, operations] of Object.entries(api.paths)) {
    for (const [method, operation] of Object.entries(operations)) {
      const tag = operation.tags[0] ?? 'other';
      tags.set(tag, [...(tags.get(tag) ?? []), entry(method, path, operation)]);
    }
  }
  const sections = [...tags].map(([tag, entries]) => `<h2>${safe(tag)}</h2>${entries.join('')}`);
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Tiltmeter API</title><style>${STYLE}</style>
<h1>Tiltmeter API ${safe(api.info.version)}</h1>
<p>${safe(api.info.description)} Send <code>Authorization: Bearer &lt;key&gt;</code>.
Each address has its request for <code>curl</code>; a click selects it. The same as <a href="/api/v1/openapi.json">OpenAPI 3.1</a>.</p>
${sections.join('\n')}</html>`;
}

function entry(method: string, path: string, operation: Operation): string {
  const parameters = (operation.parameters ?? []).map(
    ({ name, in: place, required, schema }) =>
      `<tr><td><code>${safe(name)}</code></td><td>${place}${required ? ', required' : ''}</td><td>${shown(schema)}</td></tr>`,
  );
  const replies = Object.entries(operation.responses).filter(([status]) => status !== 'default');
  return `<details><summary><code>${method.toUpperCase()} ${safe(path)}</code><span>${safe(operation.summary)}</span></summary>
<p>${safe(operation.description)}</p>
<pre class="call">${safe(call(method, path, operation))}</pre>
${parameters.length > 0 ? `<table>${parameters.join('')}</table>` : ''}
${bodies('Body', operation.requestBody?.content)}
${replies.map(([status, reply]) => bodies(`Reply ${status}`, reply.content as Content)).join('')}</details>`;
}

/** The request as a command; a click selects all of it. `call('get', '/api/v1/keys', …)` → `curl "$TILTMETER_URL/api/v1/keys" -H …` */
function call(method: string, path: string, { requestBody, security }: Operation): string {
  const [type] = Object.keys(requestBody?.content ?? {});
  return [
    `curl "$TILTMETER_URL${path}"`,
    ...(method === 'get' ? [] : [`-X ${method.toUpperCase()}`]),
    ...(security?.length === 0 ? [] : ['-H "authorization: Bearer $TILTMETER_KEY"']),
    ...(type === undefined ? [] : [`-H 'content-type: ${type}' --data @body`]),
  ].join(' ');
}

type Content = Record<string, { schema: Record<string, unknown> }> | undefined;

function bodies(title: string, content: Content): string {
  const [first] = Object.values(content ?? {});
  if (!content || !first) return '';
  const types = safe(Object.keys(content).join(', '));
  return `<p>${title} (${types})</p><pre>${safe(JSON.stringify(first.schema, null, 2))}</pre>`;
}

const shown = (schema: Record<string, unknown>): string => `<code>${safe(JSON.stringify(schema))}</code>`;

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const safe = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
