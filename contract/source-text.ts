import { type Source, SourceKind } from './lineage.ts';

/**
 * What a model depends on as people type it: name:kind, and behind = the columns that come from it; separated by commas. Null where it is not so written. Pure.
 * Example: `readSources('bureau:feature_store=income+debt, gpu-3:machine')` → two sources
 */
export function readSources(text: string): Source[] | null {
  const pieces = text
    .split(',')
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '');
  const sources: Source[] = [];
  for (const piece of pieces) {
    const [, name, kind, columns] = /^(.+):([^:=]+)(?:=(.+))?$/s.exec(piece) ?? [];
    const known = SourceKind.safeParse(kind?.trim());
    if (name === undefined || !known.success) return null;
    const named = columns?.split('+').map((column) => column.trim());
    sources.push({ name: name.trim(), kind: known.data, ...(named === undefined ? {} : { columns: named }) });
  }
  return sources;
}

/** The other way. `writeSources([{ name: 'gpu-3', kind: 'machine' }])` → 'gpu-3:machine' */
export function writeSources(sources: readonly Source[]): string {
  return sources
    .map(
      ({ name, kind, columns }) => `${name}:${kind}${columns === undefined ? '' : `=${columns.join('+')}`}`,
    )
    .join(', ');
}
