import type { Resolver } from 'node:dns/promises';
import type { DnsDiscovery, TargetGroup } from '../config-schema.ts';
import type { Source } from './source.ts';

export type Names = Pick<Resolver, 'resolve4' | 'resolve6' | 'resolveSrv'>;

/** Targets by the records of names: A and AAAA with a port of the job's, SRV with their own. Of a name that cannot be looked up what was found last stays. */
export class DnsSource implements Source {
  readonly #config: DnsDiscovery;
  readonly #names: Names;
  readonly #found = new Map<string, readonly string[]>();
  readonly #problems = new Map<string, string>();
  #lookAt = Number.NEGATIVE_INFINITY;

  constructor(config: DnsDiscovery, names: Names) {
    this.#config = config;
    this.#names = names;
  }

  get groups(): readonly TargetGroup[] {
    return [{ targets: [...this.#found.values()].flat(), labels: {} }];
  }

  get problem(): string | undefined {
    const [first] = this.#problems.values();
    return first;
  }

  async refresh(now: number): Promise<void> {
    if (now < this.#lookAt) return;
    this.#lookAt = now + this.#config.refresh_interval;
    await Promise.all(this.#config.names.map((name) => this.#look(name)));
  }

  async #look(name: string): Promise<void> {
    try {
      this.#found.set(name, await this.#addresses(name));
      this.#problems.delete(name);
    } catch (error) {
      const { code = '' } = error as NodeJS.ErrnoException;
      // There is such a name no more, or no record of the kind: that is an answer.
      if (code === 'ENOTFOUND' || code === 'ENODATA') this.#found.delete(name);
      this.#problems.set(name, `${name} (${this.#config.type}): ${WHY[code] ?? (error as Error).message}`);
    }
  }

  async #addresses(name: string): Promise<readonly string[]> {
    const { type, port } = this.#config;
    if (type === 'SRV')
      return (await this.#names.resolveSrv(name)).map((to) => `${to.name.replace(/\.$/, '')}:${to.port}`);
    if (type === 'A') return (await this.#names.resolve4(name)).map((ip) => `${ip}:${port}`);
    return (await this.#names.resolve6(name)).map((ip) => `[${ip}]:${port}`);
  }
}

const WHY: Readonly<Record<string, string>> = {
  ENOTFOUND: 'there is no such name',
  ENODATA: 'the name has no record of this kind',
  ETIMEOUT: 'the name server does not answer; what it said last goes on',
  ECONNREFUSED: 'no name server answers; what it said last goes on',
  ESERVFAIL: 'the name server failed; what it said last goes on',
};
