import type { DigestContent } from '../../../contract/digest.ts';
import { digestLines, digestRange, leadOf } from '../../../contract/digest-words.ts';

/** Colours that read on white and, where the reader is dark, on black: of the mail's own background nothing is said. */
const STYLE = `:root{color-scheme:light dark;supported-color-schemes:light dark}
body{font:15px/1.5 system-ui,-apple-system,"Segoe UI",sans-serif;margin:0 auto;padding:16px;max-width:44rem}
h1{font-size:17px;line-height:1.35;margin:0 0 4px}h2{font-size:15px;margin:20px 0 4px;padding-top:10px;border-top:1px solid #8885}
ul{margin:0;padding-left:18px}li{margin:3px 0;overflow-wrap:anywhere}p{margin:0}.when,.foot{color:#767676;font-size:13px}.foot{margin-top:24px}
a{color:#2f6fde}@media(prefers-color-scheme:dark){a{color:#8ab4f8}.when,.foot{color:#9a9a9a}}`;

/** A digest as a mail: plain text, and one page that needs nothing else and runs nothing. `root`: address of the dashboard. Pure. */
export function digestMail(
  digest: DigestContent,
  root: string,
  settings: string,
): { text: string; html: string } {
  const text = `${[...digestLines(digest), '', `Change or end this digest: ${settings}`].join('\n')}\n`;
  const link = (path: string | null, shown: string) =>
    path === null ? escaped(shown) : `<a href="${escaped(root + path)}">${escaped(shown)}</a>`;
  const sections = digest.sections.map(
    ({ title, path, lines }) =>
      `<h2>${link(path, title)}</h2>\n<ul>${lines.map((line) => `<li>${lineOf(line, root)}</li>`).join('\n')}</ul>`,
  );
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(digest.headline)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escaped(digest.headline)}</h1>
<p class="when">${escaped(digestRange(digest))}</p>
${sections.join('\n')}
<p class="foot"><a href="${escaped(settings)}">Change or end this digest</a></p>
</body>
</html>
`;
  return { text, html };
}

/** A line with its first part linked, so that a whole mail is not one link: `[P1] Missing values …` */
function lineOf({ text, path }: DigestContent['sections'][number]['lines'][number], root: string): string {
  if (path === null) return escaped(text);
  const [lead, rest] = leadOf(text);
  return `<a href="${escaped(root + path)}">${escaped(lead)}</a>${escaped(rest)}`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string) => text.replaceAll(/[&<>"']/g, (sign) => ENTITIES[sign]!);
