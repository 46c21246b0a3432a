import { Button } from '@mantine/core';
import classes from './ui.module.css';

interface Described {
  readonly message: string;
  readonly code?: string | undefined;
  readonly hint?: string | undefined;
}

interface Props {
  readonly error: unknown;
  /** The beginning of a sentence, "The incidents could not be read:" */
  readonly what: string;
  /** What stands there all the same, as a sentence. */
  readonly kept?: string;
  readonly retry?: () => void;
}

/** What happened, what to do, and a way to try again; the rest of the page keeps working. */
export function Failure({ error, what, kept, retry }: Props) {
  const { message, code, hint } = describe(error);
  return (
    <div role="alert" className={classes.failure}>
      <p>
        <strong>{what}</strong> {message}. {kept}
      </p>
      {hint && <p>{hint}</p>}
      <p className={classes.failureFoot}>
        {code && <code>{code}</code>}
        {retry && (
          <Button variant="default" size="compact-xs" onClick={retry}>
            Try again
          </Button>
        )}
      </p>
    </div>
  );
}

function describe(error: unknown): Described {
  if (error instanceof Error) {
    const { code, hint } = error as Partial<Described>;
    return { message: error.message.replace(/\.$/, ''), code, hint };
  }
  return { message: String(error) };
}
