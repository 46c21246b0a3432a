/**
 * What is found out once while a model is judged, however often it is asked for: profiles are written by nobody else
 * meanwhile, and what was found of those of another revision is forgotten.
 */
export class Once {
  #revision: number | undefined;
  readonly #found = new Map<string, unknown>();

  of<T>(revision: number, name: string, find: () => T): T {
    if (this.#revision !== revision) this.#found.clear();
    this.#revision = revision;
    if (!this.#found.has(name)) this.#found.set(name, find());
    return this.#found.get(name) as T;
  }
}
