/**
 * Text of people within Markdown: no markup, on one line, and no mention of a person, a group or a ticket where a forge shows it.
 * `&` is escaped too: a forge reads `&commat;` as the sign before it looks for mentions.
 * `plain('a|b\n*c* @all')` → 'a\\|b \\*c\\* @​all', with a sign of no width behind `@`
 */
export function plain(text: string): string {
  return text
    .replaceAll(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ')
    .replaceAll(/(?<![A-Za-z0-9])@(?=\w)/g, '@\u200b')
    .replaceAll(/([#!])(?=\d)/g, '$1\u200b')
    .replaceAll(/([\\`*_[\]<>|#!&~$])/g, '\\$1');
}
