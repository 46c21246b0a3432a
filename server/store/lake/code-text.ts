/** A number that stands for a category, as people write it: 1, not 1.0; adding 0 makes 0 of −0. `codeText('zip')` → 'toString(zip + 0)' */
export const codeText = (column: string): string => `toString(${column} + 0)`;
