import { Menu, useMantineColorScheme } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { api } from '../../api/client.ts';
import type { Session } from '../../api/types.ts';
import { paths } from '../../paths.ts';
import classes from './shell.module.css';

interface Props {
  readonly session: Session;
  /** What is pressed to open it. */
  readonly target: ReactElement;
}

/** Who is signed in, the colours, and signing out. */
export function UserMenu({ session: { user, version }, target }: Props) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { clearColorScheme, setColorScheme } = useMantineColorScheme();
  const signOut = async () => {
    await api.remove('/api/v1/session');
    queries.clear();
    await navigate(paths.login());
  };
  return (
    <Menu position="bottom-end" shadow="sm">
      <Menu.Target>{target}</Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {user.name} · {user.role}
          <br />
          Tiltmeter {version}
        </Menu.Label>
        <Menu.Item component={Link} to="/on-call" className={classes.narrowOnly!}>
          On call
        </Menu.Item>
        <Menu.Item component={Link} to="/settings" className={classes.narrowOnly!}>
          Settings
        </Menu.Item>
        <Menu.Item onClick={() => setColorScheme('light')}>Light</Menu.Item>
        <Menu.Item onClick={() => setColorScheme('dark')}>Dark</Menu.Item>
        <Menu.Item onClick={clearColorScheme}>Colours of the system</Menu.Item>
        <Menu.Item component="a" href="/docs">
          API reference
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item onClick={signOut}>Sign out</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
