import { Outlet } from '@tanstack/react-router';
import { useLayoutEffect } from 'react';

export function Root() {
  // The frame that index.html draws stands until there is a page to put in its place.
  useLayoutEffect(() => document.getElementById('frame')?.remove(), []);
  return <Outlet />;
}
