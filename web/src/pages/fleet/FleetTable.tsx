import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { Layer, ModelSummary } from '../../api/types.ts';
import { NOTHING } from '../../number/format.ts';
import { paths } from '../../paths.ts';
import { useRoom } from '../../ui/Cards.tsx';
import { List } from '../../ui/List.tsx';
import { Ago } from '../../ui/Moment.tsx';
import type { RowColumn } from '../../ui/Rows.tsx';
import type { Sorting } from '../../ui/SortHead.tsx';
import { Belonging, LayerCell, OpenIncidentsOf, Quality, Traffic } from './cells.tsx';
import { FleetCard } from './FleetCard.tsx';
import classes from './fleet.module.css';
import { connectedLayers, inOrder, LAYER_LABEL } from './order.ts';
import { UnwatchedLayers } from './UnwatchedLayers.tsx';

function columnsOf(layers: readonly Layer[], wide: boolean): RowColumn<ModelSummary>[] {
  return [
    {
      id: 'model',
      title: 'Model',
      width: 'minmax(140px, 1fr)',
      sort: 'asc',
      hint: ({ id, owner }) => `${id}, ${owner ?? 'no owner'}`,
      cell: (model) => (
        <>
          <Link {...paths.model(model.id)} className={classes.name!}>
            {model.name}
          </Link>
          <div>
            <Belonging model={model} />
          </div>
        </>
      ),
    },
    ...layers.map((layer) => ({
      id: layer,
      title: LAYER_LABEL[layer],
      width: '96px',
      sort: 'desc' as const,
      cell: (model: ModelSummary) => <LayerCell model={model} layer={layer} />,
    })),
    {
      id: 'quality',
      title: 'Quality, 95 % interval',
      width: wide ? '252px' : '160px',
      sort: 'desc',
      cell: (model) => <Quality model={model} trend={wide} />,
    },
    {
      id: 'traffic',
      title: 'Predictions',
      width: wide ? '184px' : '136px',
      sort: 'desc',
      cell: (model) => <Traffic model={model} width={wide ? 96 : 48} />,
    },
    {
      id: 'incidents',
      title: 'Open incidents',
      width: wide ? '136px' : '88px',
      sort: 'desc',
      cell: (model) => <OpenIncidentsOf model={model} />,
    },
    {
      id: 'last',
      title: 'Last event',
      width: '80px',
      align: 'right',
      sort: 'desc',
      cell: ({ last_event }) => (last_event === null ? NOTHING : <Ago at={last_event} />),
    },
  ];
}

interface Props {
  readonly models: readonly ModelSummary[];
  readonly sorting: Sorting;
}

/** Every model in a row; as a card where there is no room for the columns. */
export function FleetTable({ models, sorting }: Props) {
  const room = useRoom(1000);
  const wide = useRoom(1280);
  const layers = useMemo(() => connectedLayers(models), [models]);
  const columns = useMemo(() => columnsOf(layers, wide), [layers, wide]);
  const rows = useMemo(() => inOrder(models, sorting.sort), [models, sorting.sort]);
  return (
    <>
      <List
        label="Models"
        rows={rows}
        rowKey={(model) => model.id}
        columns={columns}
        height={{ row: 48, card: 148 }}
        card={(model) => <FleetCard model={model} layers={layers} />}
        room={room}
        sorting={sorting}
      />
      {room && <UnwatchedLayers connected={layers} />}
    </>
  );
}
