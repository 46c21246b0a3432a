/** The keys of the JSON objects in the beginning of a file, in order of first appearance; lines or one array. */
export function jsonNames(text: string, complete: boolean): string[] {
  const names = new Set<string>();
  for (const object of objects(text, complete)) for (const name of Object.keys(object)) names.add(name);
  return [...names];
}

function objects(text: string, complete: boolean): object[] {
  const trimmed = text.replace(/^\uFEFF/, '').trimStart();
  if (trimmed.startsWith('[') && complete) {
    const parsed = attempt(trimmed);
    return Array.isArray(parsed) ? parsed.filter(isObject) : [];
  }
  const lines = trimmed.replace(/^\[/, '').split('\n');
  if (!complete) lines.pop();
  return lines.map((line) => attempt(line.trim().replace(/,$/, ''))).filter(isObject);
}

function attempt(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
