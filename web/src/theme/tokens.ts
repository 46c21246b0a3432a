/**
 * Every colour of the dashboard, once per theme. `as CSS variables` they are `--<name>`; charts read the same values.
 * State colours mean state and nothing else; `accent` is the current data, `reference` what it is compared with,
 * `second` a second version. The contrast of every pair that carries text or a line is checked by tokens.test.ts.
 */
export interface Tokens {
  readonly ground: string;
  readonly surface: string;
  readonly raised: string;
  readonly hover: string;
  readonly line: string;
  readonly 'line-strong': string;
  readonly text: string;
  readonly muted: string;
  readonly accent: string;
  readonly 'accent-soft': string;
  readonly 'on-accent': string;
  readonly second: string;
  readonly reference: string;
  readonly 'reference-soft': string;
  readonly ok: string;
  readonly warning: string;
  readonly failing: string;
  readonly none: string;
  readonly 'warning-soft': string;
  readonly 'failing-soft': string;
  readonly focus: string;
}

export const LIGHT: Tokens = {
  ground: '#f7f7f5',
  surface: '#ffffff',
  raised: '#ffffff',
  hover: '#f0f1f0',
  line: '#e2e4e3',
  'line-strong': '#c9cdcc',
  text: '#16191c',
  muted: '#575f66',
  accent: '#0b62c4',
  'accent-soft': '#dbe8f8',
  'on-accent': '#ffffff',
  second: '#9333a8',
  reference: '#80888f',
  'reference-soft': '#e4e6e8',
  ok: '#177245',
  warning: '#8f5b00',
  failing: '#c3271b',
  none: '#646b72',
  'warning-soft': '#f8ecd2',
  'failing-soft': '#fae3e0',
  focus: '#0b62c4',
};

export const DARK: Tokens = {
  ground: '#101315',
  surface: '#16191c',
  raised: '#1d2125',
  hover: '#20252a',
  line: '#292f34',
  'line-strong': '#414951',
  text: '#e6e9eb',
  muted: '#9ba5ad',
  accent: '#5aa8ff',
  'accent-soft': '#16304d',
  'on-accent': '#08111b',
  second: '#d98bf0',
  reference: '#7f8a93',
  'reference-soft': '#2d3338',
  ok: '#4cc38a',
  warning: '#e3ae45',
  failing: '#ff7a6e',
  none: '#8b959d',
  'warning-soft': '#3a2f17',
  'failing-soft': '#41201d',
  focus: '#8cc3ff',
};

export const TOKENS = { light: LIGHT, dark: DARK } as const;

/** `cssVariables({ground:'#fff'})` → `{'--ground':'#fff'}` */
export function cssVariables(tokens: Tokens): Record<string, string> {
  return Object.fromEntries(Object.entries(tokens).map(([name, value]) => [`--${name}`, value]));
}
