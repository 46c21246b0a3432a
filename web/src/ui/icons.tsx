import type { ReactNode } from 'react';

function Icon({ children }: { children: ReactNode }) {
  return (
    <svg
      width="16"
      height="16"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  );
}

export const SearchIcon = () => (
  <Icon>
    <circle cx="7" cy="7" r="4.2" />
    <path d="m10.2 10.2 3.3 3.3" />
  </Icon>
);

export const Moon = () => (
  <Icon>
    <path d="M13 9.6A5.6 5.6 0 0 1 6.4 3 5.6 5.6 0 1 0 13 9.6Z" />
  </Icon>
);

export const Sun = () => (
  <Icon>
    <circle cx="8" cy="8" r="2.8" />
    <path d="M8 1.6v1.2M8 13.2v1.2M1.6 8h1.2M13.2 8h1.2M3.5 3.5l.8.8M11.7 11.7l.8.8M12.5 3.5l-.8.8M4.3 11.7l-.8.8" />
  </Icon>
);

export const Person = () => (
  <Icon>
    <circle cx="8" cy="5.4" r="2.6" />
    <path d="M3 13.6c.5-2.6 2.4-4 5-4s4.5 1.4 5 4" />
  </Icon>
);

export const TableIcon = () => (
  <Icon>
    <path d="M2.5 3.5h11v9h-11zM2.5 6.5h11M2.5 9.5h11M6.5 3.5v9" />
  </Icon>
);

export const ChartIcon = () => (
  <Icon>
    <path d="M2.5 2.5v11h11M4.5 10l3-3.5 2 2 4-4.5" />
  </Icon>
);

export const Left = () => (
  <Icon>
    <path d="M9.5 4 5.5 8l4 4" />
  </Icon>
);

export const Right = () => (
  <Icon>
    <path d="m6.5 4 4 4-4 4" />
  </Icon>
);

export const Minus = () => (
  <Icon>
    <path d="M4 8h8" />
  </Icon>
);

export const Cross = () => (
  <Icon>
    <path d="m4.5 4.5 7 7M11.5 4.5l-7 7" />
  </Icon>
);

export const ZoomOut = () => (
  <Icon>
    <circle cx="7" cy="7" r="4.2" />
    <path d="m10.2 10.2 3.3 3.3M5.2 7h3.6" />
  </Icon>
);

export const Back = () => (
  <Icon>
    <path d="M3 6.5h6.2a3.4 3.4 0 0 1 0 6.8H6M3 6.5l3-3M3 6.5l3 3" />
  </Icon>
);

export const Refresh = () => (
  <Icon>
    <path d="M13 8a5 5 0 1 1-1.6-3.7M13 2.6v2.6h-2.6" />
  </Icon>
);

export const Down = () => (
  <Icon>
    <path d="m5 6.5 3 3 3-3" />
  </Icon>
);
