import { ActionIcon, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { useIsFetching, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useMatch, useParams } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { incidentsQuery, sessionQuery } from '../../api/queries.ts';
import { refresh } from '../../api/refresh.ts';
import { paths } from '../../paths.ts';
import { Hidden } from '../../ui/Hidden.tsx';
import { Hint } from '../../ui/Hint.tsx';
import { Moon, Person, SearchIcon, Sun } from '../../ui/icons.tsx';
import { later } from '../../ui/later.ts';
import { RefreshControl } from '../../ui/RefreshControl.tsx';
import { isTyping, TimeControl } from '../../ui/TimeControl.tsx';
import { rangeOf } from '../incident/story.ts';
import { type PageTime, usePageTime } from '../useRange.ts';
import classes from './shell.module.css';

const CommandSearch = lazy(() => import('./CommandSearch.tsx').then((m) => ({ default: m.CommandSearch })));
const UserMenu = later(async () => (await import('./UserMenu.tsx')).UserMenu);

export function TopBar() {
  return (
    <header className={classes.bar}>
      <Link {...paths.fleet()} className={classes.brand} aria-label="Tiltmeter, to the fleet">
        <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">
          <path d="M2 15h16" stroke="var(--reference)" strokeWidth="1.75" strokeLinecap="round" />
          <path d="M2 15 17 7" stroke="var(--accent)" strokeWidth="1.75" strokeLinecap="round" />
          <circle cx="9" cy="7.4" r="2.2" fill="var(--accent)" />
        </svg>
        <span className={classes.word}>Tiltmeter</span>
      </Link>
      <Navigation />
      <div className={classes.right}>
        <Search />
        <PageTimeControl />
        <PageRefresh />
        <SchemeToggle />
        <Account />
      </div>
    </header>
  );
}

function Navigation() {
  const open = useQuery(incidentsQuery({ status: 'open' }));
  const n = open.data?.total ?? 0;
  const active = { className: classes.active!, 'aria-current': 'page' as const };
  // On a phone these two are in the menu of the person: the time of a page needs the room.
  const roomy = {
    activeProps: { ...active, className: `${classes.active} ${classes.wideOnly}` },
    inactiveProps: { className: classes.wideOnly! },
  };
  return (
    <nav className={classes.nav} aria-label="Main">
      <Link {...paths.fleet()} activeOptions={{ exact: true, includeSearch: false }} activeProps={active}>
        Fleet
      </Link>
      <Link {...paths.incidents()} activeOptions={{ includeSearch: false }} activeProps={active}>
        Incidents
        {n > 0 && (
          <span className={classes.open}>
            {n}
            <Hidden> open</Hidden>
          </span>
        )}
      </Link>
      <Link {...paths.onCall()} {...roomy}>
        On call
      </Link>
      <Link to="/settings" {...roomy}>
        Settings
      </Link>
    </nav>
  );
}

function PageTimeControl() {
  const time = usePageTime();
  const { model, id, section } = useParams({ strict: false });
  const review = useMatch({ from: '/shell/models/$model/review', shouldThrow: false });
  // Only where it decides what is shown: one record has one time, settings and what waits have none.
  if (
    review !== undefined ||
    time === null ||
    model === undefined ||
    id !== undefined ||
    section !== undefined
  )
    return null;
  return <ModelTimeControl model={model} time={time} />;
}

/** Incidents of the model that the control of time offers. */
const AROUND = 5;

function ModelTimeControl({ model, time }: { model: string; time: PageTime }) {
  const incidents = useQuery(incidentsQuery({ model }));
  const around = (incidents.data?.items ?? []).slice(0, AROUND).map((incident) => ({
    name: `${incident.priority} ${incident.title}`,
    range: rangeOf(incident, time.extent),
  }));
  return (
    <TimeControl
      range={time.range}
      bucket={time.extent.bucket}
      onPreset={time.setPreset}
      onRange={time.set}
      onZoomOut={time.zoomOut}
      onReset={time.reset}
      around={around}
    />
  );
}

const REFRESH = [
  { value: '15s', label: 'Every 15 s', short: '15 s' },
  { value: '1min', label: 'Every minute', short: '1 min' },
  { value: 'off', label: 'Off', short: 'off' },
] as const;

function PageRefresh() {
  const queries = useQueryClient();
  const chosen = refresh.use();
  const busy = useIsFetching() > 0;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'r' && !isTyping(event)) void queries.invalidateQueries();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [queries]);
  return (
    <RefreshControl
      value={chosen}
      choices={REFRESH}
      busy={busy}
      onNow={() => void queries.invalidateQueries()}
      onChange={(next) => {
        refresh.set(next);
        // What asks anew goes on at the new pace.
        void queries.invalidateQueries();
      }}
    />
  );
}

function Search() {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const typing = (event.target as HTMLElement | null)?.closest('input, textarea, select');
      if ((event.key === 'k' && (event.ctrlKey || event.metaKey)) || (event.key === '/' && !typing)) {
        event.preventDefault();
        setOpen(true);
      }
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
  return (
    <>
      <button
        type="button"
        className={classes.search}
        onClick={() => setOpen(true)}
        aria-label="Search Ctrl K"
      >
        <SearchIcon />
        <span>Search</span> <kbd>Ctrl K</kbd>
      </button>
      {open && (
        <Suspense>
          <CommandSearch close={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}

function SchemeToggle() {
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('light');
  const other = scheme === 'dark' ? 'light' : 'dark';
  return (
    <Hint label={`Change to ${other}`}>
      <ActionIcon
        aria-label={`Change to ${other} colours`}
        className={classes.wideOnly!}
        onClick={() => setColorScheme(other)}
      >
        {scheme === 'dark' ? <Sun /> : <Moon />}
      </ActionIcon>
    </Hint>
  );
}

function Account() {
  const session = useQuery(sessionQuery);
  if (session.data === undefined) return null;
  const { user } = session.data;
  const person = (ready: boolean) => (
    <ActionIcon aria-label={`${user.name}, ${user.role}: menu`} aria-disabled={!ready || undefined}>
      <Person />
    </ActionIcon>
  );
  return (
    <Suspense fallback={person(false)}>
      <UserMenu session={session.data} target={person(true)} />
    </Suspense>
  );
}
