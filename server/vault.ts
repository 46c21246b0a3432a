import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { TiltmeterError } from '../contract/errors.ts';

/** What is done with the secret key: it never leaves here. */
export interface Vault {
  /** Tells the key from others, and nothing about it. */
  readonly id: string;
  /** Ids of this key and of former ones, with which what was written before can be read. */
  readonly known: ReadonlySet<string>;
  /** Encrypts a text for one place: it opens nowhere else. */
  seal(text: string, place: string): string;
  /** Whether a text was sealed with this key, not with a former one. */
  sealed(text: string): boolean;
  /** The text that was sealed for this place, with this key or a former one. Errors: invalid_option (another key). */
  open(sealed: string, place: string): string;
  /** HMAC-SHA256 of the parts with the key of this id, in hex. Errors: invalid_option (another key). */
  mac(id: string, ...parts: readonly string[]): string;
}

interface Keys {
  readonly id: string;
  readonly cipher: Buffer;
  readonly mac: Buffer;
}

const FORM = /^sealed:(\w+):([\w-]+):([\w-]+)$/;
const TAG_BYTES = 16;

/** Whether a text is what `seal` makes. */
export function isSealed(text: string): boolean {
  return FORM.test(text);
}

/**
 * A vault of secrets of at least 32 characters, the present one first and former ones behind it. AES-256-GCM and HMAC-SHA256, each with a
 * key of its own that HKDF derives. Errors: invalid_option.
 */
export function createVault(secrets: readonly string[]): Vault {
  if (secrets.length === 0 || secrets.some((secret) => secret.length < 32))
    throw new TiltmeterError(
      'invalid_option',
      'the secret key, and each former one behind it, must have at least 32 characters; blanks and commas separate them',
    );
  const all = secrets.map(derive);
  const [present] = all as [Keys];
  const byId = new Map(all.map((keys) => [keys.id, keys]));
  function keysOf(id: string): Keys {
    const keys = byId.get(id);
    if (keys === undefined) throw otherKey(id);
    return keys;
  }
  return {
    id: present.id,
    known: new Set(byId.keys()),
    seal(text, place) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', present.cipher, nonce).setAAD(Buffer.from(place));
      const bytes = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return `sealed:${present.id}:${nonce.toString('base64url')}:${bytes.toString('base64url')}`;
    },
    sealed: (text) => FORM.exec(text)?.[1] === present.id,
    open(sealed, place) {
      const [, id = '', nonce = '', text = ''] = FORM.exec(sealed) ?? [];
      const bytes = Buffer.from(text, 'base64url');
      const decipher = createDecipheriv('aes-256-gcm', keysOf(id).cipher, Buffer.from(nonce, 'base64url'));
      decipher.setAAD(Buffer.from(place)).setAuthTag(bytes.subarray(-TAG_BYTES));
      return decipher.update(bytes.subarray(0, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
    },
    mac(id, ...parts) {
      const hmac = createHmac('sha256', keysOf(id).mac);
      for (const part of parts) hmac.update(part);
      return hmac.digest('hex');
    },
  };
}

function derive(secret: string): Keys {
  const part = (name: string, bytes: number) =>
    Buffer.from(hkdfSync('sha256', secret, 'tiltmeter', name, bytes));
  return { id: part('id', 6).toString('hex'), cipher: part('secrets', 32), mac: part('audit', 32) };
}

/** What the ledger holds was written with a key that this server was not given. */
export function otherKey(id: string): TiltmeterError {
  return new TiltmeterError(
    'invalid_option',
    `the ledger's secrets need the key ${id}, which this server does not have: give it in TILTMETER_SECRET_KEY, or put back secret.key of the data folder`,
  );
}
