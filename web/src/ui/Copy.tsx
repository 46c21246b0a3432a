import { Button } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';

/** Copies a text; the button itself says that it did. */
export function Copy({ text, label = 'Copy' }: { text: string; label?: string }) {
  const clipboard = useClipboard({ timeout: 2000 });
  return (
    <Button variant="default" size="compact-xs" onClick={() => clipboard.copy(text)} aria-live="polite">
      {clipboard.copied ? 'Copied' : label}
    </Button>
  );
}
