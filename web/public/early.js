// What cannot wait for the dashboard's code: its colours, so that a dark page never flashes white, and who looks at it.
(() => {
  let stored = null;
  try {
    stored = localStorage.getItem('tiltmeter-scheme');
  } catch {}
  const dark =
    stored === 'dark' || (stored !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
  document.documentElement.style.background = dark ? '#101315' : '#f7f7f5';

  // Where somebody signs in the answer is about to change.
  if (location.pathname === '/login') return;
  for (const href of ['/api/v1/session', '/api/v1/kinds'])
    document.head.append(
      Object.assign(document.createElement('link'), {
        rel: 'preload',
        as: 'fetch',
        crossOrigin: 'anonymous',
        href,
      }),
    );
})();
