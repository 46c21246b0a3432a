import type { ErrorComponentProps } from '@tanstack/react-router';
import { useRouter } from '@tanstack/react-router';
import { ApiError } from '../../api/client.ts';
import { Failure } from '../../ui/Failure.tsx';

/** How browsers and the build's loader say that a part of the dashboard did not come. */
const UNLOADED = /preload css|dynamically imported module|importing a module script/i;

const NOT_LOADED = new ApiError(
  0,
  'unreachable',
  'the server did not answer, or was upgraded meanwhile',
  'Check that Tiltmeter runs, then try again: the page is loaded anew. Nothing that was stored is lost.',
);

export function PageFailure({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const unloaded = UNLOADED.test(String((error as Error).message));
  return (
    <main style={{ padding: 24 }}>
      <Failure
        what="This page could not be shown:"
        error={unloaded ? NOT_LOADED : error}
        retry={() => {
          // The browser remembers that it did not come, so only a new page asks again.
          if (unloaded) return location.reload();
          reset();
          void router.invalidate();
        }}
      />
    </main>
  );
}
