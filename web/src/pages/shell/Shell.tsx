import { Outlet } from '@tanstack/react-router';
import { Boundary } from '../../ui/Boundary.tsx';
import classes from './shell.module.css';
import { TopBar } from './TopBar.tsx';

export function Shell() {
  return (
    <>
      <a href="#main" className={classes.skip}>
        Skip to the content
      </a>
      <TopBar />
      <main id="main" className={classes.main} tabIndex={-1}>
        <Boundary what="This page could not be shown:">
          <Outlet />
        </Boundary>
      </main>
    </>
  );
}
