/**
 * Text whose addresses are no links where it is shown: chats, mail programs, forges and what shows Markdown make one of `https://…`, `//…`, `www.…`,
 * `mailto:…`, and of what reads as an address of mail or the name of a host (`evil.example`). A sign of no width parts what they know it by, so it reads as before. The sign
 * stands where the rest is no address either, should a browser leave it out.
 * `unlinked('see www.evil.example')` → 'see www​.evil.​example', with the sign behind `www` and before `example`
 */
export function unlinked(text: string, sign = '\u200b'): string {
  return text
    .replace(/\/(?=\/)|www(?=\.)|local(?=host)|(?:mailto|xmpp|tel)(?=:)/gi, `$&${sign}`)
    .replace(/(?<=[\p{L}\p{N}.+_-])@(?=[\p{L}\p{N}])/gu, `${sign}@${sign}`)
    .replace(/(?<=[\p{L}\p{N}_-])[.。．｡](?=\p{L}{2})/gu, `$&${sign}`);
}
