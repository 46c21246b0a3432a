import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { FunctionComponent } from 'react';
import { cardOf, modelQuery } from '../../api/queries.ts';
import type { Model } from '../../api/types.ts';
import { type ModelSection, paths } from '../../paths.ts';
import { Boundary } from '../../ui/Boundary.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { ModelHeader } from '../ModelHeader.tsx';
import { MonitorsOf } from '../settings/Monitors.tsx';
import { ReferencesOf } from '../settings/References.tsx';
import settings from '../settings/settings.module.css';
import { NothingHere } from '../shell/NotFound.tsx';
import { useMay } from '../useMay.ts';
import { Columns } from './Columns.tsx';
import { General } from './General.tsx';
import classes from './model-settings.module.css';
import { Protection } from './Protection.tsx';
import { Remove } from './Remove.tsx';

const SECTIONS: Record<ModelSection, { title: string; page: FunctionComponent<{ model: Model }> }> = {
  general: { title: 'General', page: General },
  columns: { title: 'Columns', page: Columns },
  monitors: { title: 'Monitors', page: ({ model }) => <MonitorsOf model={model.id} /> },
  references: { title: 'References', page: ({ model }) => <ReferencesOf model={model.id} /> },
  privacy: { title: 'Data protection', page: Protection },
  remove: { title: 'Merge and delete', page: Remove },
};

const route = getRouteApi('/shell/models/$model/settings/$section');

/** Everything that people set of a model. */
export function ModelSettingsPage() {
  const { model: id, section } = route.useParams();
  const model = useQuery(modelQuery(id));
  const may = useMay();
  const found = SECTIONS[section as ModelSection];
  if (found === undefined) return <NothingHere />;
  const Page = found.page;
  return (
    <Loaded of={model} what={`The model ${id} could not be read:`} height={600}>
      {(read) => (
        <>
          <ModelHeader model={read} time={{}} child="settings" />
          <div className={settings.page}>
            <nav aria-label={`Settings of ${id}`} className={settings.nav}>
              {(Object.keys(SECTIONS) as ModelSection[]).map((one) => (
                <Link
                  key={one}
                  {...paths.modelSettings(id, one)}
                  aria-current={one === section ? 'page' : undefined}
                >
                  {SECTIONS[one].title}
                </Link>
              ))}
              <a href={cardOf(id)} download={`${id}-card.html`}>
                Model card
              </a>
            </nav>
            <div className={settings.content}>
              {!may.write && (
                <p className={classes.intro}>
                  You may look at these settings; editors and admins change them.
                </p>
              )}
              <Boundary key={`${id} ${section}`} what="These settings could not be shown:">
                <Page model={read} />
              </Boundary>
            </div>
          </div>
        </>
      )}
    </Loaded>
  );
}
