/** What people type, as a page shows it. */
export interface Shown {
  readonly page: string;
  readonly line: number;
  readonly language: 'sh' | 'python' | 'ts' | 'js';
  readonly source: string;
}

const LANGUAGES: Readonly<Record<string, Shown['language']>> = {
  sh: 'sh',
  bash: 'sh',
  python: 'python',
  ts: 'ts',
  js: 'js',
};
/** What an indented line begins with when it is a command, and not what one prints. */
const PROGRAM = /^(npm|npx|node|curl|gunzip|head|docker|systemctl|git|python3?|pip|export|sudo|tiltmeter) /;

/**
 * The commands of a page, each with its continuation lines, in the order in which a reader comes to them: indented lines
 * that begin with a program, and fences of a language that runs.
 */
export function commandsOf(page: string, text: string): Shown[] {
  const shown: Shown[] = [];
  const lines = text.split('\n');
  for (let i = 0; i < lines.length; i++) {
    const fence = /^```(\w*)/.exec(lines[i]!);
    if (fence) {
      const from = ++i;
      while (i < lines.length && !lines[i]!.startsWith('```')) i++;
      const language = LANGUAGES[fence[1]!];
      if (language) shown.push({ page, line: from + 1, language, source: lines.slice(from, i).join('\n') });
      continue;
    }
    if (!lines[i]!.startsWith('    ') || !PROGRAM.test(lines[i]!.slice(4))) continue;
    const from = i;
    while (isOpen(lines.slice(from, i + 1).join('\n')) && i + 1 < lines.length) i++;
    const source = lines.slice(from, i + 1).map((line) => line.slice(4));
    shown.push({ page, line: from + 1, language: 'sh', source: source.join('\n') });
  }
  return shown;
}

/** Whether a command goes on in the next line: a backslash at its end, or a quote that is not closed. */
function isOpen(text: string): boolean {
  return text.endsWith('\\') || (text.match(/'/g)?.length ?? 0) % 2 === 1;
}
