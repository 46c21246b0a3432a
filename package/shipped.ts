/** Entries of package-lock.json by their path, as far as they are read here. */
export type Lock = Readonly<Record<string, LockEntry>>;

interface LockEntry {
  readonly version?: string;
  readonly license?: string;
  readonly integrity?: string;
  readonly dev?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** `server`: installed with the product. `dashboard`: built into its pages. `tools`: only on the machines of those who change it. */
export type Place = 'server' | 'dashboard' | 'tools';

/** The name of an entry. `nameOf('node_modules/a/node_modules/@b/c')` → '@b/c' */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
}

/**
 * Where each package ends up, by its path in the lock. What the dashboard is built from counts as a development dependency to npm, but is
 * handed out: `page` is docs/dependencies.md, whose section on the dashboard says which those are.
 */
export function places(lock: Lock, page: string): Map<string, Place> {
  const section = /^## In the dashboard$([\s\S]*?)^## /m.exec(page)?.[1] ?? '';
  const roots = [...section.matchAll(/^\| `([^`]+)` +\|/gm)].map(([, name]) => `node_modules/${name}`);
  const built = new Set<string>();
  for (const queue = [...roots]; queue.length > 0; ) {
    const path = queue.pop()!;
    const entry = lock[path];
    if (entry === undefined || built.has(path)) continue;
    built.add(path);
    const needed = { ...entry.dependencies, ...entry.peerDependencies };
    queue.push(...Object.keys(needed).flatMap((name) => found(lock, path, name) ?? []));
  }
  const paths = Object.keys(lock).filter((path) => path !== '');
  return new Map(
    paths.map((path) => [
      path,
      lock[path]!.dev !== true ? 'server' : built.has(path) ? 'dashboard' : 'tools',
    ]),
  );
}

/** The path of the package that a package gets when it asks for a name: the nearest one. */
function found(lock: Lock, from: string, name: string): string | undefined {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const path = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
    if (path in lock) return path;
    if (folder === '') return undefined;
  }
}
