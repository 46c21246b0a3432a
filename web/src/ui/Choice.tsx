import { type ComboboxItem, type SelectProps, TextInput } from '@mantine/core';
import { type ReactNode, Suspense } from 'react';
import { later } from './later.ts';

const Select = later(async () => (await import('./Select.tsx')).Select);

type Item = string | Partial<ComboboxItem> | { readonly group: ReactNode; readonly items: readonly Item[] };
type Props = SelectProps<string>;

/** One of several values. Until what opens is there it looks as it will, and cannot be opened. */
export function Choice(props: Props) {
  const { data = [], value, placeholder, label, description, w, maw, 'aria-label': name } = props;
  const shown = labelOf(data, value ?? '');
  return (
    <Suspense
      fallback={
        <TextInput
          readOnly
          aria-disabled
          {...{ label, description, w, maw, placeholder, 'aria-label': name, value: shown }}
        />
      }
    >
      <Select {...props} />
    </Suspense>
  );
}

function labelOf(data: readonly Item[], value: string): string {
  for (const item of data) {
    if (typeof item === 'string') {
      if (item === value) return item;
    } else if ('group' in item) {
      const found = labelOf(item.items, value);
      if (found !== '') return found;
    } else if (item.value === value) return item.label ?? value;
  }
  return '';
}
