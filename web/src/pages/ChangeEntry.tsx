import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import type { Model, StoredChange } from '../api/types.ts';
import { useMarked } from '../charts/marked.ts';
import { paths } from '../paths.ts';
import type { Range } from '../time/range.ts';
import { Moment } from '../ui/Moment.tsx';
import { words } from './metric.ts';
import classes from './pages.module.css';

interface Props {
  readonly change: StoredChange;
  readonly range: Range;
  readonly versionsOf: Pick<Model, 'id' | 'versions'>;
}

/** A change in the list beside the charts. It and its line on the axis light each other; a version leads to what changed with it. */
export function ChangeEntry({ change, range, versionsOf: { id, versions } }: Props) {
  const { hovered, chosen, enter, leave, choose } = useMarked(change.id);
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (chosen) item.current!.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  return (
    <li ref={item} data-lit={hovered || chosen || undefined} onPointerEnter={enter} onPointerLeave={leave}>
      <span className={classes.changeMark} aria-hidden="true" />
      <div>
        <button type="button" className={classes.change} aria-pressed={chosen} onClick={choose}>
          {change.title}
        </button>
        <div className={classes.quiet}>
          {words(change.kind)}
          {change.version ? `, version ${change.version}` : ''}, <Moment at={change.time} />
          {change.url !== null && (
            <>
              , <a href={change.url}>details</a>
            </>
          )}
        </div>
        {change.version !== null && versions.length > 1 && versions.includes(change.version) && (
          <Link {...paths.version(id, change.version, range)}>
            What changed with version {change.version}?
          </Link>
        )}
      </div>
    </li>
  );
}
