import { statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { ReportStyle } from '../../check/report/index.ts';
import { failureOf, Misuse } from '../failure.ts';
import { inColour, say, type Terminal } from '../terminal.ts';

/** What file endings mean, where no format is given. */
const ENDINGS: Readonly<Record<string, string>> = {
  html: 'html',
  htm: 'html',
  md: 'markdown',
  markdown: 'markdown',
  json: 'json',
  xml: 'junit',
  sarif: 'sarif',
  txt: 'table',
};

/** Where a report goes, `-` being the terminal, and how it is written. */
export interface Target<Format extends string> {
  readonly out: string;
  readonly format: Format;
}

/**
 * Several files are written each by its ending; the format given is for one file, and for what has no ending that says it.
 * @throws Misuse for a folder that is missing, and for an ending that says nothing where no format is given: before the work
 * is done, not after it.
 * @example targetsOf(['a.html', '-'], undefined, ['table', 'html']) // [{ out: 'a.html', format: 'html' }, { out: '-', format: 'table' }]
 */
export function targetsOf<Format extends string>(
  outs: readonly string[],
  given: Format | undefined,
  formats: readonly (Format | 'table')[],
): Target<Format | 'table'>[] {
  if (outs.length === 0) return [{ out: '-', format: given ?? 'table' }];
  return outs.map((out) => {
    if (out !== '-') mustHaveFolder(out);
    const [, ending = ''] = /\.([a-z]+)$/.exec(out.toLowerCase()) ?? [];
    const said = out === '-' ? 'table' : formats.find((format) => format === ENDINGS[ending]);
    const format = outs.length === 1 || said === undefined || out === '-' ? (given ?? said) : said;
    if (format === undefined) throw unknownEnding(out, formats);
    return { out, format };
  });
}

function unknownEnding(out: string, formats: readonly string[]): Misuse {
  const known = Object.entries(ENDINGS).filter(([, format]) => formats.includes(format));
  return new Misuse(
    `--out ${out}: its ending names no report`,
    `Known are ${known.map(([ending]) => `.${ending}`).join(', ')}; or say which with --format.`,
  );
}

/** Writes one report to all its targets. */
export async function writeReports<Format extends string>(
  terminal: Terminal,
  targets: readonly Target<Format>[],
  report: (format: Format, style: ReportStyle) => string | Promise<string>,
): Promise<void> {
  for (const { out, format } of targets) {
    const text = await report(format, styleOf(terminal, out === '-'));
    if (out === '-') say(terminal, text);
    else await writeFile(out, `${text}\n`).catch(couldNotRun);
  }
}

/** Colours and width of the terminal; none and 120 places where the report goes elsewhere. */
function styleOf(terminal: Terminal, shown: boolean): ReportStyle {
  const { stdout } = terminal;
  return {
    colour: shown && inColour(terminal, stdout),
    width: (shown && stdout.isTTY === true && stdout.columns) || 120,
  };
}

function mustHaveFolder(out: string): void {
  const folder = dirname(out);
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new Misuse(`--out ${out}: there is no folder ${folder}`, 'Make it first.');
  if (statSync(out, { throwIfNoEntry: false })?.isDirectory())
    throw new Misuse(`--out ${out}: is a folder`, 'Name a file in it.');
}

/** Exit code 1 says that a check failed: whatever else went wrong is 2. */
export function couldNotRun(cause: unknown): never {
  const { line, hint } = failureOf(cause);
  throw Object.assign(new Misuse(line, hint), { cause });
}

/** Gathers an option that may be given several times. */
export function collect(value: string, before: string[]): string[] {
  return [...before, value];
}
