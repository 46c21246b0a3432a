import type { Incident } from '../../api/types.ts';
import { duration } from '../../number/format.ts';
import { useNow } from '../../time/useNow.ts';
import { StateMark } from '../../ui/StateMark.tsx';

/** How long there is to acknowledge an incident, or to resolve it once that was done; nothing where no clock runs. */
export function Due({ incident: { response, status } }: { incident: Pick<Incident, 'response' | 'status'> }) {
  const now = useNow();
  if (status === 'resolved') return response.breached.length === 0 ? null : <Late>was answered late</Late>;
  const acknowledging = status === 'open' && response.acknowledge_by !== null;
  const by = acknowledging ? response.acknowledge_by : response.resolve_by;
  if (by === null) return null;
  const left = Date.parse(by) - now;
  const what = acknowledging ? 'acknowledge' : 'resolve';
  if (left < 0) return <Late>{`to ${what} since ${duration(-left)}`}</Late>;
  return (
    <span>
      · {what} within {duration(left)}
    </span>
  );
}

function Late({ children }: { children: string }) {
  return (
    <span>
      · <StateMark state="failing" label="late" word={false} /> late {children}
    </span>
  );
}
