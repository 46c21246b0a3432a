import { Tooltip } from '@mantine/core';
import { useEffect, useState } from 'react';

const DELAY_MS = 200;

/** The words of a hint at what is pointed at, after a moment. */
export function HintWords({ target, label }: { target: HTMLElement; label: string }) {
  const [opened, setOpened] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setOpened(true), DELAY_MS);
    return () => clearTimeout(timer);
  }, []);
  return <Tooltip target={target} label={label} opened={opened} />;
}
