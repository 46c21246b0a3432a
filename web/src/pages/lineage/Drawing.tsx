import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { Lineage, LineageNode } from '../../api/types.ts';
import { paths } from '../../paths.ts';
import { Priority } from '../../ui/Priority.tsx';
import { Sideways } from '../../ui/Sideways.tsx';
import { words } from '../metric.ts';
import { layersOf, NODE, type Place, placesOf } from './layers.ts';
import classes from './lineage.module.css';

/** Nodes in columns, what they depend on left of them; an incident is a mark and a line of its own weight. */
export function Drawing({ lineage }: { lineage: Lineage }) {
  const { places, width, height } = useMemo(() => placesOf(layersOf(lineage)), [lineage]);
  const hurt = new Set(lineage.nodes.filter(({ incident }) => incident !== null).map(({ id }) => id));
  return (
    <Sideways label="What depends on what">
      <div className={classes.drawing} style={{ width, height }}>
        <svg width={width} height={height} aria-hidden="true">
          {lineage.edges.map(({ from, to }) => (
            <path
              key={`${from} ${to}`}
              className={classes.edge}
              data-hurt={(hurt.has(from) && hurt.has(to)) || undefined}
              d={curve(places.get(from)!, places.get(to)!)}
            />
          ))}
        </svg>
        {lineage.nodes.map((node) => {
          const { x, y } = places.get(node.id)!;
          return (
            <div
              key={node.id}
              className={classes.node}
              data-hurt={node.incident !== null || undefined}
              data-kind={node.kind === 'model' ? 'model' : 'source'}
              style={{ left: x, top: y, width: NODE.width, height: NODE.height }}
            >
              <Node node={node} />
            </div>
          );
        })}
      </div>
    </Sideways>
  );
}

function Node({ node: { kind, name, model, incident } }: { node: LineageNode }) {
  return (
    <>
      <span className={classes.name} title={name}>
        {model === null ? name : <Link {...paths.model(model)}>{name}</Link>}
      </span>
      <span className={classes.what}>
        {kind !== 'model' ? words(kind) : model === null ? 'model, unknown here' : 'model'}
        {incident !== null && (
          <Link {...paths.incident(incident.id)} title={incident.title}>
            <Priority level={incident.priority} /> incident
          </Link>
        )}
      </span>
    </>
  );
}

/** From the right side of a node to the left side of another. */
function curve(from: Place, to: Place): string {
  const [x, y] = [from.x + NODE.width, from.y + NODE.height / 2];
  const bend = NODE.across / 2;
  return `M${x} ${y}C${x + bend} ${y} ${to.x - bend} ${to.y + NODE.height / 2} ${to.x} ${to.y + NODE.height / 2}`;
}
