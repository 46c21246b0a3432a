import { describe, expect, test } from 'vitest';
import { contrast } from './contrast.ts';
import { TOKENS } from './tokens.ts';

test('contrast of black and white is 21, of a colour and itself 1', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 10);
  expect(contrast('#0b62c4', '#0b62c4')).toBe(1);
});

describe.each(Object.entries(TOKENS))('WCAG AA in the %s theme', (_, tokens) => {
  const grounds = ['ground', 'surface', 'raised', 'hover'] as const;
  const texts = ['text', 'muted', 'accent', 'ok', 'warning', 'failing', 'none'] as const;
  test.each(grounds.flatMap((ground) => texts.map((text) => [text, ground] as const)))(
    'text %s on %s is at least 4.5',
    (text, ground) => expect(contrast(tokens[text], tokens[ground])).toBeGreaterThanOrEqual(4.5),
  );

  const lines = ['accent', 'second', 'reference', 'ok', 'warning', 'failing', 'none', 'focus'] as const;
  test.each(lines)('data and focus lines in %s on the surface are at least 3', (line) =>
    expect(contrast(tokens[line], tokens.surface)).toBeGreaterThanOrEqual(3),
  );

  test('text on the accent, and on the soft grounds of states', () => {
    expect(contrast(tokens['on-accent'], tokens.accent)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(tokens.text, tokens['failing-soft'])).toBeGreaterThanOrEqual(4.5);
    expect(contrast(tokens.text, tokens['warning-soft'])).toBeGreaterThanOrEqual(4.5);
    expect(contrast(tokens.text, tokens['accent-soft'])).toBeGreaterThanOrEqual(4.5);
  });
});
