import { Tooltip } from '@mantine/core';
import { useEffect, useState } from 'react';

const DELAY_MS = 200;

interface Props {
  readonly target: HTMLElement;
  readonly label: string;
  readonly position: 'top' | 'right';
}

/** The words of a hint at what is pointed at, after a moment. */
export function HintWords({ target, label, position }: Props) {
  const [opened, setOpened] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setOpened(true), DELAY_MS);
    return () => clearTimeout(timer);
  }, []);
  return <Tooltip target={target} label={label} position={position} opened={opened} />;
}
