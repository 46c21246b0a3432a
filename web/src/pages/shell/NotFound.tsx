import { Link } from '@tanstack/react-router';
import { paths } from '../../paths.ts';
import classes from './shell.module.css';
import { TopBar } from './TopBar.tsx';

/** An address that leads nowhere, within the frame of every page: from here one can go on. */
export function NotFound() {
  return (
    <>
      <TopBar />
      <main id="main" className={classes.main} tabIndex={-1}>
        <NothingHere />
      </main>
    </>
  );
}

/** The same within a page that has the frame already. */
export function NothingHere() {
  return (
    <div className={classes.nothing}>
      <h1>Page not found</h1>
      <p>
        There is nothing at this address. Check the spelling, press <kbd>Ctrl K</kbd> to search, or go to{' '}
        <Link {...paths.fleet()} className={classes.inText!}>
          the fleet
        </Link>{' '}
        or{' '}
        <Link {...paths.incidents()} className={classes.inText!}>
          the incidents
        </Link>
        .
      </p>
    </div>
  );
}
