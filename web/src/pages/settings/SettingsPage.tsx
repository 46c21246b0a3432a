import { getRouteApi, Link } from '@tanstack/react-router';
import type { FunctionComponent } from 'react';
import { paths, type SettingsTab } from '../../paths.ts';
import { Boundary } from '../../ui/Boundary.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { NothingHere } from '../shell/NotFound.tsx';
import { type May, useMay } from '../useMay.ts';
import { Audit } from './Audit.tsx';
import { Actions } from './actions/Actions.tsx';
import { Channels } from './channels/Channels.tsx';
import { Drills } from './drills/Drills.tsx';
import { Keys } from './Keys.tsx';
import { Links } from './Links.tsx';
import { Monitors } from './Monitors.tsx';
import { People } from './People.tsx';
import { Privacy } from './Privacy.tsx';
import { References } from './References.tsx';
import { Rejects } from './Rejects.tsx';
import { Scraping } from './Scraping.tsx';
import { Sessions } from './Sessions.tsx';
import { Storage } from './Storage.tsx';
import classes from './settings.module.css';

interface Tab {
  readonly title: string;
  readonly page: FunctionComponent;
  /** What somebody must be allowed to do to read it at all. */
  readonly needs?: keyof May;
}

const TABS: Record<SettingsTab, Tab> = {
  keys: { title: 'API keys', page: Keys, needs: 'write' },
  people: { title: 'People', page: People, needs: 'admin' },
  channels: { title: 'Channels', page: Channels },
  links: { title: 'Links', page: Links },
  actions: { title: 'Actions', page: Actions },
  monitors: { title: 'Monitors', page: Monitors },
  references: { title: 'References', page: References },
  rejects: { title: 'Rejected events', page: Rejects },
  privacy: { title: 'Data protection', page: Privacy },
  storage: { title: 'Storage', page: Storage },
  scraping: { title: 'Scraping', page: Scraping },
  drills: { title: 'Drills', page: Drills },
  sessions: { title: 'Your sessions', page: Sessions },
  audit: { title: 'Audit log', page: Audit, needs: 'admin' },
};

const ALL = Object.keys(TABS) as SettingsTab[];

const route = getRouteApi('/shell/settings/$tab');

export function SettingsPage() {
  const { tab } = route.useParams();
  const { model } = route.useSearch();
  const found = TABS[tab as SettingsTab];
  const may = useMay();
  if (found === undefined) return <NothingHere />;
  const mayRead = ({ needs }: Tab) => needs === undefined || may[needs];
  const Page = found.page;
  return (
    <div className={classes.page}>
      <nav aria-label="Settings" className={classes.nav}>
        {ALL.filter((one) => mayRead(TABS[one])).map((one) => (
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
          {mayRead(found) ? (
            <Page />
          ) : (
            <Empty title={`${found.needs === 'admin' ? 'Only admins see' : 'Editors and admins see'} this.`}>
              Ask one of them, or for a role that may.
            </Empty>
          )}
        </Boundary>
      </div>
    </div>
  );
}
