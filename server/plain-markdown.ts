import { unlinked } from '../contract/unlinked.ts';

/**
 * Text within Markdown that senders have a part in (names, and sentences with names): no markup, on one line, no link, and no mention of a person, a
 * group or a ticket where a forge shows it. `&` is escaped too: a forge reads `&commat;` as the sign before it looks for mentions.
 * `plain('a|b\n*c* @all')` → 'a\\|b \\*c\\* @​all', with a sign of no width behind `@`
 */
export function plain(text: string): string {
  return escaped(unlinked(onOneLine(text)));
}

/** What people wrote, in the same way, but that addresses in it are whole, to be followed or copied. */
export function asWritten(text: string): string {
  return escaped(onOneLine(text));
}

function onOneLine(text: string): string {
  return text.replaceAll(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ');
}

function escaped(text: string): string {
  return text
    .replaceAll(/(?<![A-Za-z0-9])@(?=\w)/g, '@\u200b')
    .replaceAll(/([#!])(?=\d)/g, '$1\u200b')
    .replaceAll(/([\\`*_[\]<>|#!&~$])/g, '\\$1');
}
