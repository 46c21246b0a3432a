import { moment } from '../time/format.ts';
import type { Range } from '../time/range.ts';
import { useZone } from '../time/zone.ts';
import { Hint } from '../ui/Hint.tsx';
import { type ChangeMark, type Flag, share } from './annotations.ts';
import classes from './charts.module.css';
import { useMarked } from './marked.ts';

interface Props {
  readonly mark: ChangeMark;
  readonly range: Range;
}

const left = ({ time }: ChangeMark, range: Range) => ({ left: `${share(time, range) * 100}%` });

function useLabel({ title, kind, time }: ChangeMark): string {
  const zone = useZone();
  return `${title}: ${kind.replaceAll('_', ' ')}, ${moment(time, zone)}`;
}

/** The line of a change, behind the charts. */
export function ChangeLine({ mark, range }: Props) {
  const { hovered, chosen } = useMarked(mark.id);
  return (
    <div className={classes.change} data-lit={hovered || chosen || undefined} style={left(mark, range)} />
  );
}

/** Where the pointer finds the line, on every chart. What a drag begins here the stack still gets. */
export function ChangeHandle({ mark, range }: Props) {
  const { enter, leave, choose } = useMarked(mark.id);
  const label = useLabel(mark);
  return (
    <Hint label={label} position="right">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the flag at the axis does the same from the keyboard */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: see above */}
      <div
        className={classes.changeHandle}
        style={left(mark, range)}
        onPointerEnter={enter}
        onPointerLeave={leave}
        onClick={choose}
      />
    </Hint>
  );
}

/** The name of a change at the axis; where there is no room for it, a mark. */
export function ChangeFlag({ flag: { mark, room }, range }: { flag: Flag; range: Range }) {
  const { hovered, chosen, enter, leave, choose } = useMarked(mark.id);
  const label = useLabel(mark);
  return (
    <Hint label={label}>
      <button
        type="button"
        className={classes.flag}
        data-lit={hovered || chosen || undefined}
        data-no-brush
        aria-label={label}
        aria-pressed={chosen}
        style={{ ...left(mark, range), maxWidth: room === 0 ? 7 : room }}
        onPointerEnter={enter}
        onPointerLeave={leave}
        onFocus={enter}
        onBlur={leave}
        onClick={choose}
      >
        {room === 0 ? '' : mark.title}
      </button>
    </Hint>
  );
}
