import { Select as Found, type SelectProps } from '@mantine/core';

/** One of several texts. */
export function Select(props: SelectProps<string>) {
  return <Found {...props} />;
}
