import { Link } from '@tanstack/react-router';
import { paths } from '../../paths.ts';
import { Empty } from '../../ui/Empty.tsx';

export function NotFound() {
  return (
    <main style={{ padding: 24 }}>
      <Empty title="There is nothing at this address">
        Nothing was lost. Check the spelling, or start from <Link {...paths.fleet()}>the fleet</Link>.
      </Empty>
    </main>
  );
}
