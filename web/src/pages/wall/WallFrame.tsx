import { useMantineColorScheme } from '@mantine/core';
import { useViewportSize } from '@mantine/hooks';
import type { UseQueryResult } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { sessionQuery, statusQuery } from '../../api/queries.ts';
import { plural } from '../../number/format.ts';
import { moment } from '../../time/format.ts';
import { useNow } from '../../time/useNow.ts';
import { useZone, zoneName } from '../../time/zone.ts';
import { Boundary } from '../../ui/Boundary.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { ageWords, freshnessOf } from './freshness.ts';
import { unitOf } from './room.ts';
import { useAwake } from './useAwake.ts';
import { useWallQuery } from './useWallQuery.ts';
import classes from './wall.module.css';

type Read = Pick<UseQueryResult, 'dataUpdatedAt' | 'error'>;

interface Props {
  readonly title: ReactNode;
  /** What is shown, at a glance. */
  readonly summary: ReactNode;
  /** All that the page reads: it is as old as the oldest of it. */
  readonly reads: readonly Read[];
  /** Where Escape leads. */
  readonly leave: object;
  readonly children: ReactNode;
}

/** A page for a screen that nobody touches: what time it is, how old what is shown is, and, loud, when that is too old. */
export function WallFrame({ title, summary, reads, leave, children }: Props) {
  const now = useNow(1000);
  const [since] = useState(now);
  const zone = useZone();
  const status = useWallQuery(statusQuery);
  const all = [...reads, status];
  const { stale, age } = freshnessOf(
    all.map(({ dataUpdatedAt }) => dataUpdatedAt),
    since,
    now,
  );
  const awake = useAwake();
  const screen = useViewportSize();
  useKeys(leave);
  useNewVersion();
  const oldest = Math.min(...all.map(({ dataUpdatedAt }) => dataUpdatedAt));
  const error = all.find((one) => one.error !== null)?.error;
  const troubles = status.data?.troubles ?? [];
  return (
    <main className={classes.wall} data-stale={stale || undefined} style={{ fontSize: unitOf(screen.width) }}>
      <header className={classes.head}>
        <h1>{title}</h1>
        <div className={classes.summary}>{summary}</div>
        <p className={classes.clock}>
          <b className={classes.time}>{moment(now - (now % 1000), zone)}</b> {zoneName(zone)}
          <span className={classes.age}>{age === null ? 'not read yet' : `as of ${ageWords(age)} ago`}</span>
        </p>
      </header>
      {stale && (
        <p className={classes.stale} role="alert">
          <b>Not current.</b>{' '}
          {oldest === 0
            ? 'Nothing was read yet'
            : `What is shown is of ${moment(oldest - (oldest % 1000), zone)} ${zoneName(zone)}`}
          : {error?.message ?? 'the server did not answer'}. It is asked again and again.
        </p>
      )}
      {troubles.length > 0 && (
        <p className={classes.trouble} role="alert">
          <StateMark state="failing" label="Tiltmeter itself" word={false} /> <b>{troubles[0]!.sentence}</b>
          {troubles.length > 1 && ` and ${plural(troubles.length - 1, 'more trouble')}`}
        </p>
      )}
      <div className={classes.body}>
        <Boundary what="This could not be drawn:">{children}</Boundary>
      </div>
      <footer className={classes.foot}>
        <kbd>Esc</kbd> leaves, <kbd>D</kbd> dark or light
        {!awake && '; this browser may let the screen go dark'}
      </footer>
    </main>
  );
}

/** Escape leaves, D changes the colours: a wall has no other controls. */
function useKeys(leave: object): void {
  const navigate = useNavigate();
  const { toggleColorScheme } = useMantineColorScheme();
  const where = useRef(leave);
  where.current = leave;
  useEffect(() => {
    const pressed = ({ key, ctrlKey, metaKey, altKey }: KeyboardEvent) => {
      if (ctrlKey || metaKey || altKey) return;
      if (key === 'Escape') void navigate(where.current as never);
      if (key === 'd' || key === 'D') toggleColorScheme();
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, [navigate, toggleColorScheme]);
}

/** A page that stays open for months is loaded anew when the server was upgraded. */
function useNewVersion(): void {
  const session = useWallQuery(sessionQuery);
  const version = session.data?.version;
  const first = useRef(version);
  useEffect(() => {
    first.current ??= version;
    if (version !== undefined && version !== first.current) location.reload();
  }, [version]);
}
