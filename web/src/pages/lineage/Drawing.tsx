import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { Lineage, LineageNode } from '../../api/types.ts';
import { paths } from '../../paths.ts';
import { Priority } from '../../ui/Priority.tsx';
import { Sideways } from '../../ui/Sideways.tsx';
import { words } from '../metric.ts';
import { NODE, type Place, placesOf } from './layers.ts';
import classes from './lineage.module.css';

/** Nodes in columns, what they depend on left of them; an incident is a mark and a line of its own weight. */
export function Drawing({ lineage }: { lineage: Lineage }) {
  const { places, ways, width, height } = useMemo(() => placesOf(lineage), [lineage]);
  const hurt = new Set(lineage.nodes.filter(({ incident }) => incident !== null).map(({ id }) => id));
  return (
    <Sideways label="What depends on what">
      <div className={classes.drawing} style={{ width, height }}>
        <svg width={width} height={height} aria-hidden="true">
          {ways.map(({ from, to, past }) => (
            <path
              key={`${from} ${to}`}
              className={classes.edge}
              data-hurt={(hurt.has(from) && hurt.has(to)) || undefined}
              d={curve([places.get(from)!, ...past, places.get(to)!])}
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

/** From the right side of a node to the left side of another, straight across the places that lie between. */
function curve([first, ...rest]: readonly Place[]): string {
  const middle = ({ y }: Place) => y + NODE.height / 2;
  const bend = NODE.across / 2;
  let d = `M${first!.x + NODE.width} ${middle(first!)}`;
  rest.forEach((to, i) => {
    const from = [first!, ...rest][i]!;
    d += `C${from.x + NODE.width + bend} ${middle(from)} ${to.x - bend} ${middle(to)} ${to.x} ${middle(to)}`;
    if (i < rest.length - 1) d += `H${to.x + NODE.width}`;
  });
  return d;
}
