/** Whether a text is an address that may be a link: nothing that a browser would run. `isAddress('https://wiki.example.org/x')` → true */
export function isAddress(text: string): boolean {
  return /^https?:\/\/\S+$/.test(text.trim());
}
