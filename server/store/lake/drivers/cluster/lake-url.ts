import { TiltmeterError } from '../../../../../contract/errors.ts';
import { DATABASE } from '../../layout.ts';

export interface LakeUrl {
  readonly url: string;
  readonly username: string;
  readonly password: string;
  readonly cluster: string | undefined;
  /** Replicas that have to have a row before it is acknowledged: a number, or `auto` for the greater half; undefined when not said. */
  readonly quorum: string | undefined;
}

/**
 * Parts of a lake address. The database is always `tiltmeter`, so the path is empty or that.
 * `parseLakeUrl('http://me:secret@db:8123?cluster=main')` → {url: 'http://db:8123', username: 'me', …, cluster: 'main'}
 * Throws invalid_option; the message never contains the password.
 */
export function parseLakeUrl(text: string): LakeUrl {
  if (!URL.canParse(text)) throw invalid('is not an address');
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw invalid('has to start with http:// or https://');
  if (!['', '/', `/${DATABASE}`].includes(url.pathname))
    throw invalid(`names a database other than ${DATABASE}`);
  for (const name of url.searchParams.keys())
    if (name !== 'cluster' && name !== 'quorum') throw invalid(`has an unknown option ${name}`);
  const cluster = url.searchParams.get('cluster') || undefined;
  const quorum = url.searchParams.get('quorum') ?? undefined;
  if (quorum !== undefined && !/^(auto|[1-9]\d*)$/.test(quorum))
    throw invalid('has a quorum that is neither auto nor a number');
  if (cluster === undefined && quorum !== undefined) throw invalid('has a quorum and names no cluster');
  const port = url.port || (url.protocol === 'https:' ? '8443' : '8123');
  return {
    url: `${url.protocol}//${url.hostname}:${port}`,
    username: decodeURIComponent(url.username) || 'default',
    password: decodeURIComponent(url.password),
    cluster,
    quorum,
  };
}

function invalid(what: string): TiltmeterError {
  return new TiltmeterError(
    'invalid_option',
    `TILTMETER_LAKE_URL ${what}; it is like http://user:password@host:8123`,
  );
}
