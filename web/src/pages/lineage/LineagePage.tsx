import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { lineageQuery } from '../../api/queries.ts';
import type { Lineage } from '../../api/types.ts';
import { plural } from '../../number/format.ts';
import { paths } from '../../paths.ts';
import { Empty } from '../../ui/Empty.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { PlainTable } from '../../ui/PlainTable.tsx';
import { Drawing } from './Drawing.tsx';
import classes from './lineage.module.css';

/** Of more than that nobody sees a thing in the drawing of all: a model is looked for. */
const MANY = 60;

const page = getRouteApi('/shell/lineage');

/** What depends on what, and where in it something goes on. */
export function LineagePage() {
  const { model } = page.useSearch();
  const lineage = useQuery(lineageQuery(model));
  return (
    <div className={classes.page}>
      <h1>Lineage{model !== undefined && ` around ${model}`}</h1>
      {model !== undefined && (
        <p>
          Only what it depends on and what depends on it. <Link {...paths.lineage()}>The whole lineage</Link>
        </p>
      )}
      <Loaded of={lineage} what="The lineage could not be read:" height={300}>
        {(found) =>
          found.edges.length === 0 ? (
            <Empty title="Nobody has said what depends on what.">
              In the settings of a model stand the models that it is asked with answers of, and the tables,
              feature stores, pipelines and machines that it depends on. Trouble that several models share is
              one incident then.
            </Empty>
          ) : (
            <>
              {found.nodes.length > MANY && <Around lineage={found} />}
              <Found lineage={found} />
            </>
          )
        }
      </Loaded>
    </div>
  );
}

/** Looks for a model, to show only what it depends on and what depends on it. */
function Around({ lineage: { nodes } }: { lineage: Lineage }) {
  const navigate = page.useNavigate();
  const models = nodes.flatMap(({ model, name }) => (model === null ? [] : [{ value: model, label: name }]));
  return (
    <Select
      label="Only around"
      placeholder="a model"
      searchable
      limit={100}
      w={280}
      maw="100%"
      data={models}
      value={null}
      onChange={(model) => model !== null && void navigate({ search: { model } })}
    />
  );
}

function Found({ lineage }: { lineage: Lineage }) {
  const { nodes, edges } = lineage;
  const hurt = nodes.filter(({ incident }) => incident !== null).length;
  const sources = nodes.filter(({ kind }) => kind !== 'model').length;
  const nameOf = new Map(nodes.map(({ id, name }) => [id, name]));
  return (
    <>
      <Panel
        title="What depends on what"
        note={`left what others depend on: ${plural(nodes.length - sources, 'model')}, ${plural(sources, 'source')}; ${hurt === 0 ? 'no incident goes on' : `${hurt} of them with an incident that goes on`}`}
      >
        <Drawing lineage={lineage} />
      </Panel>
      <Panel title="The same as a table" note={plural(edges.length, 'line')}>
        <PlainTable
          stack
          label="Dependencies"
          rows={edges}
          rowKey={({ from, to }) => `${from} ${to}`}
          columns={[
            { title: 'This', value: ({ to }) => nameOf.get(to)!, cell: ({ to }) => nameOf.get(to) },
            {
              title: 'depends on',
              value: ({ from }) => nameOf.get(from)!,
              cell: ({ from }) => nameOf.get(from),
            },
            { title: 'by the columns', cell: ({ columns }) => columns?.join(', ') ?? 'not said' },
          ]}
        />
      </Panel>
    </>
  );
}
