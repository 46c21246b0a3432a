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

/** How much room there is for the columns: for trends beside numbers, for the chart of traffic at least, or for neither. */
type Room = 'wide' | 'usual' | 'close';

function columnsOf(layers: readonly Layer[], room: Room): RowColumn<ModelSummary>[] {
  const wide = room === 'wide';
  const close = room === 'close';
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
      width: close ? '80px' : '96px',
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
      width: close ? '88px' : wide ? '184px' : '136px',
      sort: 'desc',
      cell: (model) => <Traffic model={model} width={close ? 0 : wide ? 96 : 48} />,
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
  const layers = useMemo(() => connectedLayers(models), [models]);
  const more = Math.max(0, layers.length - 3);
  const room = useRoom(more === 0 ? 1000 : 928 + 92 * more);
  const usual = useRoom(1024 + 108 * more) || more === 0;
  const wide = useRoom(1280 + 108 * more);
  const columns = useMemo(
    () => columnsOf(layers, wide ? 'wide' : usual ? 'usual' : 'close'),
    [layers, wide, usual],
  );
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
