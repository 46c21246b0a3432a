// What cannot wait for the dashboard's code: its colours, so that a dark page never flashes white, and what is asked for anyway.
(() => {
  let stored = null;
  try {
    stored = localStorage.getItem('tiltmeter-scheme');
  } catch {}
  const dark =
    stored === 'dark' || (stored !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
  document.documentElement.style.background = dark ? '#101315' : '#f7f7f5';

  const ask = (href, kind) =>
    document.head.append(
      Object.assign(document.createElement('link'), { href, crossOrigin: 'anonymous' }, kind),
    );
  const question = (path) => ask(`/api/v1/${path}`, { rel: 'preload', as: 'fetch' });
  const pages = JSON.parse(document.getElementById('pages')?.textContent ?? '[]');
  for (const [address, files, asked] of pages) {
    const found = new RegExp(address).exec(location.pathname);
    if (found === null) continue;
    for (const path of asked) question(path.replace('$1', () => found[1]));
    for (const file of files)
      ask(file, file.endsWith('.css') ? { rel: 'preload', as: 'style' } : { rel: 'modulepreload' });
  }
  // Where somebody signs in the answer is about to change.
  if (location.pathname !== '/login') for (const path of ['session', 'kinds']) question(path);
})();
