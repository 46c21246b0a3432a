import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { fillTemplate, type LinkPlace, type LinkValues } from '../../../../contract/link-template.ts';
import { linksQuery } from '../../api/queries.ts';
import classes from './links.module.css';

/** The links of a place with its values; those of which a value is not known are left out. */
export function useLinks(place: LinkPlace, values: LinkValues) {
  const links = useQuery(linksQuery);
  const here = links.data?.items.filter(({ where }) => where.includes(place)) ?? [];
  return here.flatMap(({ name, url }) => {
    const href = fillTemplate(url, values);
    return href === null ? [] : [{ name, href }];
  });
}

/** Whether there is any link of a place at all: a column for them is shown where there is. */
export function useHasLinks(place: LinkPlace): boolean {
  const links = useQuery(linksQuery);
  return links.data?.items.some(({ where }) => where.includes(place)) ?? false;
}

interface Props {
  readonly place: LinkPlace;
  readonly values: LinkValues;
  /** What is put around them where there are any. */
  readonly as?: (links: ReactNode) => ReactNode;
}

/** Links to other systems of what is shown; nothing where none is set, or their values are not known. */
export function LinksOut({ place, values, as = (links) => links }: Props) {
  const links = useLinks(place, values);
  if (links.length === 0) return null;
  return as(
    <span className={classes.links}>
      {links.map(({ name, href }) => (
        <a key={name} href={href} target="_blank" rel="noopener noreferrer">
          {name}
        </a>
      ))}
    </span>,
  );
}
