import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, matchesGlob } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { type FileDiscovery, TargetGroup } from '../config-schema.ts';
import { FILE_BYTES } from '../file-bytes.ts';
import { toldIssues } from '../told-issues.ts';
import type { Source } from './source.ts';

const LOOK_MS = 1000;
/** Files of one source. */
const MOST_FILES = 1000;
const Groups = z.array(TargetGroup).max(10_000);

interface Known {
  readonly stamp: string;
  readonly groups: readonly TargetGroup[];
  readonly problem: string | undefined;
}

/** Targets of files, each a list of groups in JSON or YAML, which are read again when they have changed. One that is broken says what it said before. */
export class FileSource implements Source {
  readonly #patterns: readonly string[];
  #files = new Map<string, Known>();
  #lookAt = Number.NEGATIVE_INFINITY;
  #missing: string | undefined;

  constructor({ files }: FileDiscovery) {
    this.#patterns = files;
  }

  get groups(): readonly TargetGroup[] {
    return [...this.#files.values()].flatMap(({ groups }) => groups);
  }

  get problem(): string | undefined {
    return this.#missing ?? [...this.#files.values()].find(({ problem }) => problem !== undefined)?.problem;
  }

  async refresh(now: number): Promise<void> {
    if (now < this.#lookAt) return;
    this.#lookAt = now + LOOK_MS;
    this.#missing = undefined;
    const files = new Map<string, Known>();
    for (const pattern of this.#patterns)
      for (const path of await this.#matching(pattern))
        if (files.size < MOST_FILES) {
          const known = await this.#read(path);
          if (known !== undefined) files.set(path, known);
        }
    this.#files = files;
  }

  async #matching(pattern: string): Promise<readonly string[]> {
    const name = basename(pattern);
    if (!name.includes('*')) return [pattern];
    try {
      const names = await readdir(dirname(pattern));
      return names
        .filter((one) => matchesGlob(one, name))
        .map((one) => join(dirname(pattern), one))
        .sort();
    } catch (error) {
      this.#missing = `${dirname(pattern)} cannot be read: ${codeOf(error)}`;
      return [];
    }
  }

  async #read(path: string): Promise<Known | undefined> {
    const before = this.#files.get(path);
    let stamp: string;
    try {
      const { mtimeMs, size, ino } = await stat(path);
      stamp = `${mtimeMs} ${size} ${ino}`;
      if (stamp === before?.stamp) return before;
      const kept = { stamp, groups: before?.groups ?? [] };
      if (size > FILE_BYTES) return { ...kept, problem: `${path} has ${size} bytes; ${FILE_BYTES} are read` };
      const found = Groups.safeParse(parsed(await readFile(path, 'utf8')));
      if (found.success) return { stamp, groups: found.data, problem: undefined };
      return { ...kept, problem: `${path}: ${toldIssues(found.error)}` };
    } catch (error) {
      this.#missing ??= `${path} cannot be read: ${codeOf(error)}`;
      return undefined;
    }
  }
}

/** Undefined, which is no list, where it is no YAML. */
function parsed(text: string): unknown {
  try {
    return parse(text, { maxAliasCount: 100 });
  } catch {
    return undefined;
  }
}

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? (error as Error).message;
