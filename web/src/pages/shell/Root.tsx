import { Outlet } from '@tanstack/react-router';
import { useLayoutEffect } from 'react';

export function Root() {
  // The frame that index.html draws stands until there is a page to put in its place; with it goes the ground that early.js
  // gave it, since the page's own follows the colours that are chosen later.
  useLayoutEffect(() => {
    document.getElementById('frame')?.remove();
    document.documentElement.style.background = '';
  }, []);
  return <Outlet />;
}
