import { Button, Modal, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import classes from './ask.module.css';
import { Failure } from './Failure.tsx';

interface Asked {
  readonly mutate: (input: undefined, options: { onSuccess: () => void }) => void;
  readonly reset: () => void;
  readonly isPending: boolean;
  readonly isError: boolean;
  readonly error: Error | null;
}

interface Props {
  /** The button that asks, and what it is called for those who do not see where it stands. */
  readonly label: string;
  readonly name?: string;
  /** The question, with its question mark, and what follows from a yes. */
  readonly title: string;
  readonly children: ReactNode;
  /** The button that does it. */
  readonly yes: string;
  /** What has to be typed first, for what cannot be brought back. */
  readonly typed?: string;
  readonly failed: string;
  readonly change: Asked;
  readonly done?: () => void;
  readonly disabled?: boolean;
}

/** A button whose deed is asked for once more, in words. */
export function Ask({ label, name, title, children, yes, typed, failed, change, done, disabled }: Props) {
  const [open, setOpen] = useState(false);
  const [text, setText] = useState('');
  const close = () => {
    setOpen(false);
    setText('');
    change.reset();
  };
  return (
    <>
      <Button
        variant="default"
        size="compact-xs"
        aria-label={name}
        disabled={disabled ?? false}
        onClick={() => setOpen(true)}
      >
        {label}
      </Button>
      <Modal opened={open} onClose={close} title={title} size="md" centered>
        <form
          className={classes.ask}
          onSubmit={(event) => {
            event.preventDefault();
            change.mutate(undefined, {
              onSuccess: () => {
                close();
                done?.();
              },
            });
          }}
        >
          <div className={classes.words}>{children}</div>
          {typed !== undefined && (
            <TextInput
              label={
                <>
                  Type <code>{typed}</code> to confirm
                </>
              }
              autoComplete="off"
              spellCheck={false}
              data-autofocus
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
            />
          )}
          {change.isError && <Failure what={failed} error={change.error} />}
          <div className={classes.buttons}>
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
            <Button
              type="submit"
              className={classes.danger}
              disabled={change.isPending || (typed !== undefined && text !== typed)}
            >
              {yes}
            </Button>
          </div>
        </form>
      </Modal>
    </>
  );
}
