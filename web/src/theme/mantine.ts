import {
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  localStorageColorSchemeManager,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from '@mantine/core';
import { cssVariables, DARK, LIGHT } from './tokens.ts';

const accent: MantineColorsTuple = [
  '#eaf2fc',
  '#d3e4f8',
  '#a5c8f1',
  '#73aaea',
  DARK.accent,
  '#2f86e0',
  LIGHT.accent,
  '#0956ac',
  '#074994',
  '#053c7b',
];

/** Mantine's own dark greys, replaced by the tokens of the dark theme. */
const dark: MantineColorsTuple = [
  DARK.text,
  '#c3cacf',
  DARK.muted,
  DARK.reference,
  DARK['line-strong'],
  DARK.line,
  DARK.raised,
  DARK.surface,
  DARK.ground,
  '#0b0d0e',
];

/** Text on the accent is the token's in both themes; the library would choose it for the light one. */
const variantColorResolver: VariantColorsResolver = (input) => {
  const colours = defaultVariantColorsResolver(input);
  const accented = (input.color ?? input.theme.primaryColor) === input.theme.primaryColor;
  return input.variant === 'filled' && accented ? { ...colours, color: 'var(--on-accent)' } : colours;
};

/** Mantine's controls in the dashboard's measures: 13 px, 4 px grid, 4 px corners, no shadows on the page itself. */
export const theme = createTheme({
  fontFamily: "'Inter Variable', 'Inter Until', system-ui, -apple-system, 'Segoe UI', sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', 'Cascadia Code', 'Liberation Mono', monospace",
  fontSizes: { xs: '11px', sm: '12px', md: '13px', lg: '15px', xl: '20px' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  lineHeights: { xs: '16px', sm: '16px', md: '20px', lg: '20px', xl: '28px' },
  defaultRadius: 4,
  colors: { accent, dark },
  primaryColor: 'accent',
  primaryShade: { light: 6, dark: 4 },
  autoContrast: true,
  variantColorResolver,
  cursorType: 'pointer',
  respectReducedMotion: true,
  focusRing: 'auto',
  components: {
    Button: { defaultProps: { size: 'xs' } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray', size: 'md' } },
    Autocomplete: { defaultProps: { size: 'xs' } },
    DateInput: { defaultProps: { size: 'xs' } },
    TextInput: { defaultProps: { size: 'xs' } },
    NumberInput: { defaultProps: { size: 'xs' } },
    Select: { defaultProps: { size: 'xs', comboboxProps: { shadow: 'sm' } } },
    MultiSelect: { defaultProps: { size: 'xs' } },
    TagsInput: { defaultProps: { size: 'xs' } },
    CheckboxGroup: { defaultProps: { size: 'xs' } },
    Textarea: { defaultProps: { size: 'xs' } },
    Switch: { defaultProps: { size: 'xs' } },
    Checkbox: { defaultProps: { size: 'xs' } },
    Tooltip: { defaultProps: { openDelay: 200, withArrow: false } },
  },
});

export const resolver: CSSVariablesResolver = () => {
  const own = (tokens: typeof LIGHT) => ({
    ...cssVariables(tokens),
    '--mantine-color-body': tokens.ground,
    '--mantine-color-text': tokens.text,
    '--mantine-color-dimmed': tokens.muted,
    '--mantine-color-placeholder': tokens.muted,
    '--mantine-color-anchor': tokens.accent,
    '--mantine-color-default': tokens.surface,
    '--mantine-color-default-hover': tokens.hover,
    '--mantine-color-default-color': tokens.text,
    '--mantine-color-default-border': tokens['line-strong'],
    '--mantine-color-error': tokens.failing,
  });
  return { variables: {}, light: own(LIGHT), dark: own(DARK) };
};

export const schemeManager = localStorageColorSchemeManager({ key: 'tiltmeter-scheme' });
