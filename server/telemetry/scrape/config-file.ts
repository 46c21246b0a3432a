import { readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { TiltmeterError } from '../../../contract/errors.ts';
import { FILE_BYTES } from './file-bytes.ts';
import { readConfig, type ScrapeConfig } from './read-config.ts';

/** The scrape file as it is now. */
export interface ConfigState extends ScrapeConfig {
  readonly path: string;
  /** Why the file cannot be used: then the jobs are those that it had when it could. */
  readonly failure: TiltmeterError | undefined;
}

/** A file of jobs, read again whenever it has changed. */
export class ConfigFile {
  readonly #path: string;
  #stamp: string | undefined;
  #state: ConfigState;

  constructor(path: string) {
    this.#path = path;
    this.#state = { path, jobs: [], problems: [], failure: undefined };
  }

  /** What it says now, or said last where it cannot be read. Never fails. */
  async read(): Promise<ConfigState> {
    const path = this.#path;
    try {
      const { mtimeMs, size, ino } = await stat(path);
      const stamp = `${mtimeMs} ${size} ${ino}`;
      if (stamp === this.#stamp) return this.#state;
      if (size > FILE_BYTES)
        throw new TiltmeterError('scrape_config_invalid', `it has ${size} bytes; ${FILE_BYTES} are read`);
      const text = await readFile(path, 'utf8');
      this.#stamp = stamp;
      this.#state = { path, ...readConfig(text, dirname(path)), failure: undefined };
    } catch (error) {
      if (!(error instanceof TiltmeterError)) this.#stamp = undefined;
      this.#state = { ...this.#state, failure: asInvalid(error) };
    }
    return this.#state;
  }
}

function asInvalid(error: unknown): TiltmeterError {
  if (error instanceof TiltmeterError) return error;
  return new TiltmeterError('scrape_config_invalid', (error as Error).message, { cause: error });
}
