import { readFile } from 'node:fs/promises';
import { TiltmeterError } from '../../../contract/errors.ts';
import type { Asking } from '../../outgoing.ts';
import type { ScrapeJobFile } from './config-schema.ts';

export type Secured = Pick<
  ScrapeJobFile,
  'authorization' | 'basic_auth' | 'bearer_token_file' | 'http_headers' | 'tls_config'
>;
type ReadText = (path: string) => Promise<string>;

/** What a request of a job has beside its address. Errors: scrape_config_invalid. */
export async function credentialsOf(job: Secured) {
  const readText: ReadText = (path) => readFile(path, 'utf8');
  return { headers: await headersOf(job, readText), tls: await tlsOf(job, readText) };
}

/** The headers that say who asks. Files are read each time, for tokens change. Errors: scrape_config_invalid where one cannot be read. */
async function headersOf(job: Secured, readText: ReadText): Promise<Record<string, string>> {
  const { authorization, basic_auth: basic, bearer_token_file: bearer } = job;
  const headers: Record<string, string> = {};
  for (const [name, { values }] of Object.entries(job.http_headers)) headers[name] = values.join(', ');
  const secret = async (given: string | undefined, file: string | undefined) =>
    file === undefined ? (given ?? '') : (await textOf(file, readText)).trim();
  if (authorization !== undefined) {
    const credentials = await secret(authorization.credentials, authorization.credentials_file);
    headers.authorization = `${authorization.type} ${credentials}`;
  } else if (bearer !== undefined) headers.authorization = `Bearer ${await secret(undefined, bearer)}`;
  else if (basic !== undefined) {
    const password = await secret(basic.password, basic.password_file);
    headers.authorization = `Basic ${Buffer.from(`${basic.username}:${password}`).toString('base64')}`;
  }
  if (Object.values(headers).some((value) => !/^[\x20-\x7e]*$/.test(value)))
    throw new TiltmeterError(
      'scrape_config_invalid',
      'a token or header has characters that no header may have',
    );
  return headers;
}

/** Whose certificates are accepted. Errors: scrape_config_invalid. */
async function tlsOf({ tls_config: tls }: Secured, readText: ReadText): Promise<NonNullable<Asking['tls']>> {
  return {
    rejectUnauthorized: !tls.insecure_skip_verify,
    ...(tls.ca_file === undefined ? {} : { ca: await textOf(tls.ca_file, readText) }),
    ...(tls.server_name === undefined ? {} : { servername: tls.server_name }),
  };
}

async function textOf(path: string, readText: ReadText): Promise<string> {
  try {
    return await readText(path);
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
    throw new TiltmeterError('scrape_config_invalid', `${path} cannot be read: ${why}`, { cause: error });
  }
}
