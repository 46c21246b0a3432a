import { getRouteApi, Link } from '@tanstack/react-router';
import type { FunctionComponent } from 'react';
import { paths, type SettingsTab } from '../../paths.ts';
import { Boundary } from '../../ui/Boundary.tsx';
import { NothingHere } from '../shell/NotFound.tsx';
import { Audit } from './Audit.tsx';
import { Channels } from './Channels.tsx';
import { Keys } from './Keys.tsx';
import { Monitors } from './Monitors.tsx';
import { People } from './People.tsx';
import { References } from './References.tsx';
import { Rejects } from './Rejects.tsx';
import { Storage } from './Storage.tsx';
import classes from './settings.module.css';

const TABS: Record<SettingsTab, { title: string; page: FunctionComponent }> = {
  keys: { title: 'API keys', page: Keys },
  people: { title: 'People', page: People },
  channels: { title: 'Channels', page: Channels },
  monitors: { title: 'Monitors', page: Monitors },
  references: { title: 'References', page: References },
  rejects: { title: 'Rejected events', page: Rejects },
  storage: { title: 'Storage', page: Storage },
  audit: { title: 'Audit log', page: Audit },
};

const route = getRouteApi('/shell/settings/$tab');

export function SettingsPage() {
  const { tab } = route.useParams();
  const { model } = route.useSearch();
  const found = TABS[tab as SettingsTab];
  if (found === undefined) return <NothingHere />;
  const Page = found.page;
  return (
    <div className={classes.page}>
      <nav aria-label="Settings" className={classes.nav}>
        {(Object.keys(TABS) as SettingsTab[]).map((one) => (
          <Link
            key={one}
            {...paths.settings(one, model === undefined ? {} : { model })}
            aria-current={one === tab ? 'page' : undefined}
          >
            {TABS[one].title}
          </Link>
        ))}
      </nav>
      <div className={classes.content}>
        <h1>{found.title}</h1>
        <Boundary key={tab} what="These settings could not be shown:">
          <Page />
        </Boundary>
      </div>
    </div>
  );
}
