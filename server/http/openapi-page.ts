import type { OpenApi, Operation } from './openapi.ts';

/** In the colours and measures of the dashboard; light and dark as the reader's system is. */
const STYLE = `
:root { color-scheme: light dark; --ground: light-dark(#f7f7f5, #101315); --surface: light-dark(#ffffff, #16191c); --line: light-dark(#e2e4e3, #292f34); --text: light-dark(#16191c, #e6e9eb);
  --muted: light-dark(#575f66, #9ba5ad); --accent: light-dark(#0b62c4, #5aa8ff); --hover: light-dark(#f0f1f0, #20252a); }
* { box-sizing: border-box }
html { scroll-padding-top: 60px }
body { margin: 0; background: var(--ground); color: var(--text); font: 13px/20px Inter, system-ui, sans-serif }
a { color: var(--accent); text-decoration: none } a:hover { text-decoration: underline } p a { text-decoration: underline; text-underline-offset: 2px }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px }
.bar { position: sticky; top: 0; z-index: 1; display: flex; gap: 16px; align-items: center; height: 48px; padding: 0 24px; background: var(--ground); border-bottom: 1px solid var(--line) }
.bar b { font-weight: 650; font-size: 14px } .bar b a { color: var(--text) } .bar span { color: var(--muted) }
.page { display: grid; grid-template-columns: 168px minmax(0, 1fr); gap: 24px; max-width: 1240px; padding: 16px 24px 80px }
.page > nav { position: sticky; top: 64px; align-self: start; display: grid } .page > nav a { padding: 2px 8px; border-radius: 3px; color: var(--muted) } .page > nav a:hover { background: var(--hover); text-decoration: none }
h1 { font-size: 20px; line-height: 28px; font-weight: 600; margin: 0 0 4px } h2 { font-size: 13px; font-weight: 600; margin: 24px 0 8px } h2::first-letter, .page > nav a::first-letter { text-transform: uppercase }
p { margin: 4px 0; max-width: 96ch } .dim { color: var(--muted) }
details { border-bottom: 1px solid var(--line); padding: 0 8px } details[open] { background: var(--surface); padding-bottom: 12px }
summary { display: grid; grid-template-columns: 56px minmax(0, 1fr) minmax(0, 1.2fr); gap: 12px; padding: 6px 0; cursor: pointer; list-style: none } summary::-webkit-details-marker { display: none } summary:hover { background: var(--hover) }
summary i { font: 600 11px/20px ui-monospace, monospace; color: var(--muted) } summary code { font-weight: 600; overflow-wrap: anywhere } summary span { color: var(--muted) }
code, pre { font: 12px/18px ui-monospace, 'SF Mono', 'Liberation Mono', monospace }
pre { margin: 4px 0; overflow: auto; max-height: 320px; padding: 8px 12px; border: 1px solid var(--line); border-radius: 3px; background: var(--ground) }
pre.call { user-select: all; white-space: pre-wrap; color: var(--text) }
.scroll { overflow-x: auto } table { border-collapse: collapse; font-size: 12px; line-height: 16px } td { border-top: 1px solid var(--line); padding: 6px 16px 6px 0; vertical-align: top }
@media (max-width: 720px) { .bar { padding: 0 12px } .page { grid-template-columns: minmax(0, 1fr); padding: 12px } .page > nav { position: static; display: flex; flex-wrap: wrap } summary { grid-template-columns: 56px minmax(0, 1fr) } summary span { grid-column: 2 } }
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
  const links = [...tags.keys()].map((tag) => `<a href="#${safe(tag)}">${safe(tag)}</a>`);
  const sections = [...tags].map(
    ([tag, entries]) =>
      `<section aria-labelledby="${safe(tag)}"><h2 id="${safe(tag)}">${safe(tag)}</h2>${entries.join('')}</section>`,
  );
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Tiltmeter API</title><link rel="icon" href="/icon.svg" type="image/svg+xml"><style>${STYLE}</style>
<header class="bar"><b><a href="/">Tiltmeter</a></b><span>API ${safe(api.info.version)}</span></header>
<div class="page"><nav aria-label="Parts of the API">${links.join('')}</nav><main>
<h1>API</h1>
<p>${safe(api.info.description)}</p>
<p class="dim">Send <code>Authorization: Bearer &lt;key&gt;</code>; keys are made under <a href="/settings/keys">Settings, Keys</a>.
Each address has its request for <code>curl</code>; a click selects it. The same as <a href="/api/v1/openapi.json">OpenAPI 3.1</a>.</p>
${sections.join('\n')}</main></div></html>`;
}

function entry(method: string, path: string, operation: Operation): string {
  const parameters = (operation.parameters ?? []).map(
    ({ name, in: place, required, schema }) =>
      `<tr><td><code>${safe(name)}</code></td><td>${place}${required ? ', required' : ''}</td><td>${shown(schema)}</td></tr>`,
  );
  const replies = Object.entries(operation.responses).filter(([status]) => status !== 'default');
  return `<details><summary><i>${method.toUpperCase()}</i><code>${safe(path)}</code><span>${safe(operation.summary)}</span></summary>
<p>${safe(operation.description)}</p>
<pre class="call" tabindex="0">${safe(call(method, path, operation))}</pre>
${parameters.length > 0 ? `<div class="scroll"><table>${parameters.join('')}</table></div>` : ''}
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
  return `<p class="dim">${title} (${types})</p><pre tabindex="0">${safe(JSON.stringify(first.schema, null, 2))}</pre>`;
}

const shown = (schema: Record<string, unknown>): string => `<code>${safe(JSON.stringify(schema))}</code>`;

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const safe = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
