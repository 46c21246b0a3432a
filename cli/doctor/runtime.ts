import { arch, platform, report, versions } from 'node:process';
import type { Finding } from './check.ts';

/** Node runs the TypeScript as it is from version 24 on. */
export function node(version: string = versions.node): Finding {
  const ok = Number(version.split('.')[0]) >= 24;
  return {
    check: 'node',
    ok,
    found: version,
    ...(ok ? {} : { fix: 'Install Node 24, or run "npm ci", which brings one.' }),
  };
}

/** The embedded lake has libraries for Linux with glibc and for macOS. */
export function system(lakeUrl: string | undefined): Finding {
  const found = `${platform} ${arch}${libc() === 'musl' ? ' (musl)' : ''}`;
  const supported = platform === 'darwin' || (platform === 'linux' && libc() === 'glibc');
  if (supported || lakeUrl !== undefined) return { check: 'platform', ok: true, found };
  return {
    check: 'platform',
    ok: false,
    found,
    fix: 'Use Linux (glibc) or macOS, or set TILTMETER_LAKE_URL to a ClickHouse server.',
  };
}

function libc(): 'glibc' | 'musl' | 'none' {
  if (platform !== 'linux') return 'none';
  const { header } = report.getReport() as unknown as { header: { glibcVersionRuntime?: string } };
  return header.glibcVersionRuntime === undefined ? 'musl' : 'glibc';
}

/** Loads the engine in a process of its own: a library that does not fit may end its process. */
export async function engine(probe: () => Promise<string>, lakeUrl: string | undefined): Promise<Finding> {
  if (lakeUrl !== undefined)
    return { check: 'engine', ok: true, found: 'not needed, the lake is a ClickHouse server' };
  try {
    return { check: 'engine', ok: true, found: `chDB ${await probe()}` };
  } catch (error) {
    const [reason] = String((error as Error).message).split('\n');
    return {
      check: 'engine',
      ok: false,
      found: `chDB does not load: ${reason}`,
      fix: 'Run "npm ci" again on this machine.',
    };
  }
}
