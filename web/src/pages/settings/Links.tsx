import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { address } from '../../api/address.ts';
import { api } from '../../api/client.ts';
import { linksQuery } from '../../api/queries.ts';
import type { LinkTemplate } from '../../api/types.ts';
import { Ask } from '../../ui/Ask.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { Hidden } from '../../ui/Hidden.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { PlainTable } from '../../ui/PlainTable.tsx';
import { TableSkeleton } from '../../ui/Skeletons.tsx';
import { useMay } from '../useMay.ts';
import { LinkForm } from './LinkForm.tsx';
import { PLACE_TITLES } from './link-places.ts';
import classes from './settings.module.css';
import { useChange } from './useChange.ts';

/** Links from pages to the systems that people have beside this one. */
export function Links() {
  const links = useQuery(linksQuery);
  const may = useMay();
  const [edited, edit] = useState<LinkTemplate | null>(null);
  return (
    <>
      <p className={classes.intro}>
        Where Jaeger, Grafana, Kibana, Datadog, MLflow or a page of your own shows the same prediction, trace
        or model, a link leads there. It is shown where all its values are known, and opens beside this page.
      </p>
      {may.admin && <LinkForm key={edited?.name ?? ''} of={edited} done={() => edit(null)} />}
      <Loaded
        of={links}
        what="The links could not be read:"
        height={200}
        skeleton={<TableSkeleton rows={4} height={40} />}
      >
        {({ items }) =>
          items.length === 0 ? (
            <Empty title="No links yet.">
              {may.admin ? 'Begin with one of the presets above.' : 'Admins set them.'}
            </Empty>
          ) : (
            <PlainTable
              stack
              label="Links to other systems"
              rows={items}
              rowKey={({ name }) => name}
              columns={[
                { title: 'Name', cell: ({ name }) => <strong>{name}</strong> },
                {
                  title: 'Shown on',
                  cell: ({ where }) => where.map((place) => PLACE_TITLES[place]).join(', '),
                },
                { title: 'Leads to', cell: ({ url }) => <code className={classes.detail}>{url}</code> },
                ...(may.admin
                  ? [
                      {
                        title: <Hidden>Change</Hidden>,
                        align: 'right' as const,
                        cell: (link: LinkTemplate) => <Change of={link} edit={edit} />,
                      },
                    ]
                  : []),
              ]}
            />
          )
        }
      </Loaded>
    </>
  );
}

function Change({ of: link, edit }: { of: LinkTemplate; edit: (link: LinkTemplate) => void }) {
  const { name } = link;
  const remove = useChange(() => api.remove(address('/links/:name', { name })), address('/links'));
  return (
    <span className={classes.buttons}>
      <Button variant="default" size="compact-xs" aria-label={`Change ${name}`} onClick={() => edit(link)}>
        Change
      </Button>
      <Ask
        label="Remove"
        name={`Remove ${name}`}
        title={`Remove ${name}?`}
        yes="Remove the link"
        failed="The link was not removed:"
        change={remove}
      >
        <p>It is shown on no page any more.</p>
      </Ask>
    </span>
  );
}
