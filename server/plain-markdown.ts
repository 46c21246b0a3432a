/** Text of people within Markdown: no markup, on one line. `plain('a|b\n*c*')` → 'a\\|b \\*c\\*' */
export function plain(text: string): string {
  return text.replaceAll(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ').replaceAll(/([\\`*_[\]<>|#!])/g, '\\$1');
}
