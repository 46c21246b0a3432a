import { useComputedColorScheme } from '@mantine/core';
import { TOKENS, type Tokens } from '../theme/tokens.ts';

/** The colours of the theme on screen, for what is drawn on a canvas. */
export function useTokens(): Tokens {
  return TOKENS[useComputedColorScheme('light')];
}
