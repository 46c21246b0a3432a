import { createHash } from 'node:crypto';
import { inert, type PageData } from './data.ts';
import { PAGE_STYLE } from './style.ts';

/** What stands on the page before its columns: it is there without JavaScript too. */
export interface PageText {
  readonly title: string;
  /** `good`, `bad` or none: the colour of the mark. */
  readonly mark: { readonly text: string; readonly cls: string };
  readonly headline: string;
  /** Paragraphs in dim ink under the headline. */
  readonly facts: readonly string[];
  /** A list of sentences. */
  readonly remarks: readonly string[];
  readonly sections: readonly PageSection[];
  /** What a reader without JavaScript gets instead of the list. */
  readonly plain: readonly string[];
}

/** Text, or text in the ink of a state. */
export type PageCell = string | { readonly text: string; readonly cls: 'bad' };

export interface PageSection {
  readonly title: string;
  readonly text?: string;
  readonly head?: readonly string[];
  readonly rows?: readonly (readonly PageCell[])[];
  /** The last cell of each row is a sentence. */
  readonly words?: boolean;
}

/**
 * One self-contained page: no request to anywhere, no script but its own (the policy names it by its hash), every text
 * from a file escaped.
 */
export function page(text: PageText, data: PageData, script: string): string {
  const hash = createHash('sha256').update(script).digest('base64');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'">
<title>${escapeHtml(text.title)}</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<main id="page">
<header>
<h1><span class="${text.mark.cls}">${escapeHtml(text.mark.text)}</span> ${escapeHtml(text.headline)}</h1>
${text.facts.map((fact) => `<p class="dim">${escapeHtml(fact)}</p>`).join('\n')}
<button id="theme" type="button" hidden>light / dark</button>
</header>
${list(text.remarks)}
${text.sections.map(section).join('\n')}
<noscript>${list(text.plain)}<p class="dim">The list of columns with their distributions needs JavaScript.</p></noscript>
</main>
<script type="application/json" id="report">${inert(JSON.stringify(data))}</script>
<script>${script}</script>
</body>
</html>
`;
}

function list(sentences: readonly string[]): string {
  if (sentences.length === 0) return '';
  return `<ul>${sentences.map((sentence) => `<li>${escapeHtml(sentence)}</li>`).join('')}</ul>`;
}

function section({ title, text, head = [], rows = [], words = false }: PageSection): string {
  const cells = (tag: string, values: readonly PageCell[]) =>
    values
      .map((value, i) => {
        const cell = typeof value === 'string' ? { text: value, cls: '' } : value;
        const name = i === 0 ? 'th' : tag;
        const scope = name === 'td' ? '' : ` scope="${tag === 'th' ? 'col' : 'row'}"`;
        const cls = [i === 0 ? '' : 'n', cell.cls].filter(Boolean).join(' ');
        return `<${name}${scope}${cls === '' ? '' : ` class="${cls}"`}>${escapeHtml(cell.text)}</${name}>`;
      })
      .join('');
  const table =
    rows.length === 0
      ? ''
      : `<div class="scroll inline${words ? ' words' : ''}"><table><thead><tr>${cells('th', head)}</tr></thead><tbody>${rows.map((row) => `<tr>${cells('td', row)}</tr>`).join('')}</tbody></table></div>`;
  return `<h2>${escapeHtml(title)}</h2>${text === undefined ? '' : `<p>${escapeHtml(text)}</p>`}${table}`;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
