/**
 * Text with names that senders chose, as a line that a chat, a mail or a pager may show: nothing of them is a mention, a link (chats and
 * mail programs make one of what reads as an address), markup or a line of its own.
 * `harmless('[x](https://a) @all <!here>')` → '[x]​(https:​//a) @​all ‹!here›', with a sign of no width behind `]`, `:` and `@`
 */
export function harmless(line: string): string {
  return line
    .replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, '�')
    .replaceAll('<', '‹')
    .replaceAll('>', '›')
    .replaceAll('](', ']\u200b(')
    .replaceAll('://', ':\u200b//')
    .replace(/\bwww(?=\.)/gi, '$&\u200b')
    .replace(/(?<!\w)@(?=\w)/g, '@\u200b');
}
