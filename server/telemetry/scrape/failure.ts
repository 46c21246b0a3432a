import { TiltmeterError } from '../../../contract/errors.ts';

const UNREACHABLE: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'its name is not known',
  EAI_AGAIN: 'its name could not be looked up',
  EHOSTUNREACH: 'no way leads there',
  ENETUNREACH: 'no way leads there',
  ECONNRESET: 'it broke the connection off',
  EPIPE: 'it broke the connection off',
  ETIMEDOUT: 'it does not answer',
  HPE_INVALID_CONSTANT: 'it does not speak HTTP there',
  EPROTO: 'it does not speak TLS there',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak TLS there',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is signed by itself',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is of an authority that is not known',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is of an authority that is not known',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate is of an authority that is not known',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
};

/** Why a target could not be asked, in plain words. Whatever else fails here is not the target's. */
export function failureOf(error: unknown): TiltmeterError {
  if (error instanceof TiltmeterError) return error;
  const { code = '', message } = error as NodeJS.ErrnoException;
  if (/^Z_/.test(code))
    return new TiltmeterError('scrape_not_metrics', 'what it packed by gzip cannot be unpacked');
  const why = UNREACHABLE[code] ?? (code.startsWith('HPE_') ? 'it does not speak HTTP there' : message);
  const known = code === '' ? '' : ` (${code})`;
  return new TiltmeterError('scrape_unreachable', `${why.slice(0, 200)}${known}`);
}
