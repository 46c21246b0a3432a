import type { ErrorComponentProps } from '@tanstack/react-router';
import { useRouter } from '@tanstack/react-router';
import { Failure } from '../../ui/Failure.tsx';

export function PageFailure({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  return (
    <main style={{ padding: 24 }}>
      <Failure
        what="This page could not be shown:"
        error={error}
        retry={() => {
          reset();
          void router.invalidate();
        }}
      />
    </main>
  );
}
