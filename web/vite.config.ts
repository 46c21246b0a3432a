import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const server = process.env.TILTMETER_DEV_SERVER ?? 'http://127.0.0.1:8765';

/** Compressed copies beside every text that is built, so that the server only has to choose. */
function compressed(): Plugin {
  let folder = '';
  return {
    name: 'compressed',
    apply: 'build',
    configResolved(config) {
      folder = join(config.root, config.build.outDir, config.build.assetsDir);
    },
    closeBundle() {
      for (const name of readdirSync(folder)) {
        if (!/\.(js|css)$/.test(name)) continue;
        const path = join(folder, name);
        const text = readFileSync(path);
        writeFileSync(`${path}.gz`, gzipSync(text, { level: 9 }));
        writeFileSync(`${path}.br`, brotliCompressSync(text));
      }
    },
  };
}

/** The letters of nearly every page are asked for with the page, not when its styles have been read. */
function lettersFirst(): Plugin {
  return {
    name: 'letters-first',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(_html, { bundle = {} }) {
        const font = Object.keys(bundle).find((name) => /inter-latin-wght-normal.*\.woff2$/.test(name));
        if (font === undefined) throw new Error('The build has no file of the Latin letters');
        const attrs = { rel: 'preload', as: 'font', type: 'font/woff2', href: `/${font}`, crossorigin: true };
        return [{ tag: 'link', attrs, injectTo: 'head-prepend' }];
      },
    },
  };
}

/**
 * The frame that the page begins with does not wait for the styles of what comes into it; the code that it takes is run part by
 * part, as it comes, so that the browser can answer in between.
 */
function frameFirst(): Plugin {
  return {
    name: 'frame-first',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html) {
        const sheets = html.match(/\s*<link rel="stylesheet"[^>]*>/g);
        if (sheets?.length !== 1) throw new Error('The styles of the first page are in one file');
        return html
          .replace(sheets[0], '')
          .replace(/\s*<div id="root">/, `${sheets[0]}$&`)
          .replace(
            /<link rel="modulepreload"([^>]*) href=("[^"]*")>/g,
            '<script type="module" async$1 src=$2></script>',
          );
      },
    },
  };
}

const SCHEMAS =
  /node_modules[\\/]zod[\\/]|[\\/]contract[\\/](?!cause-kinds|priority-means|segment-key|control-characters|link-template|subject-counts|counted)/;
const MENUS =
  /node_modules[\\/](@floating-ui[\\/]|@mantine[\\/]core[\\/]esm[\\/](components[\\/](Combobox|Popover|ScrollArea|Select|Menu)|utils[\\/]Floating)[\\/])/;
const PARTS =
  /[\\/]web[\\/]src[\\/](charts|number|time|ui(?![\\/](Ask|MomentField|Time|Select)\b)|pages[\\/](frame|[^\\/]+\.(tsx?|css)$))/;
/** What several of the pages that are opened first need besides, each less than a file is worth: a request costs a phone 150 ms. */
const CRUMBS =
  /own\.ts|moved-how|segment-key|cause-kinds|model[\\/](signals|headline)|MovedMark|Due\.tsx|useIncidentChange|ChangeParts|use-(window-event|resize-observer)|[iI]nfiniteQuery/;

/** Pages that links lead to, by the address that they have, and what their loaders ask first ($1 is the id in that address). */
const OPENED_FIRST = [
  [
    '^/models/([^/]+)$',
    'pages/model/ModelPage.tsx',
    ['models/$1', 'models/$1/setup', 'incidents?limit=200&model=$1&status=open'],
  ],
  ['^/models/([^/]+)/columns/[^/]+$', 'pages/column/ColumnPage.tsx', ['models/$1']],
  ['^/incidents$', 'pages/incident/IncidentsPage.tsx', []],
  ['^/incidents/([^/]+)$', 'pages/incident/IncidentPage.tsx', ['incidents/$1']],
] as const;

/** The code and the data of these pages are asked for with the first page's own code, not by it: early.js reads what that is. */
function pageFirst(): Plugin {
  return {
    name: 'page-first',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle = {} }) {
        const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
        const filesOf = (source: string) => {
          const found = new Set<string>();
          const add = (name: string) => {
            const chunk = chunks.find(({ fileName }) => fileName === name);
            if (chunk === undefined || found.has(name) || html.includes(name)) return;
            found.add(name);
            for (const style of chunk.viteMetadata?.importedCss ?? [])
              if (!html.includes(style)) found.add(style);
            for (const other of chunk.imports) add(other);
          };
          const page = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith(source));
          if (page === undefined) throw new Error(`The build has no ${source}`);
          add(page.fileName);
          return [...found].map((name) => `/${name}`);
        };
        const children = JSON.stringify(
          OPENED_FIRST.map(([address, source, asked]) => [address, filesOf(source), asked]),
        );
        const attrs = { type: 'application/json', id: 'pages' };
        return [{ tag: 'script', attrs, children, injectTo: 'head-prepend' }];
      },
    },
  };
}

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react(), lettersFirst(), frameFirst(), pageFirst(), compressed()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2023',
    rolldownOptions: {
      output: {
        // Every file is a request of its own, and a browser makes six at a time: what the first page needs is three files, each
        // run by itself, and small parts that several pages share go together.
        codeSplitting: {
          groups: [
            {
              name: 'react',
              tags: ['$initial'],
              test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/,
              priority: 4,
            },
            // without styles, which stay in their order
            { name: 'library', tags: ['$initial'], test: /node_modules[\\/].*\.m?js$/, priority: 3 },
            // without what waits for the page's code, which would wait for it in turn
            {
              name: 'first',
              tags: ['$initial'],
              test: (id: string) => !/main\.tsx|index\.html/.test(id),
              priority: 2,
            },
            // what others need as well would bring the drawing library with it
            { name: 'tslib', test: /node_modules[\\/]tslib[\\/]/, priority: 2 },
            { name: 'echarts', test: /node_modules[\\/](echarts|zrender)[\\/]/, priority: 1 },
            // what is entered is checked by
            { name: 'schemas', test: SCHEMAS, priority: 1 },
            // with what others share it would bring the schemas to pages that check nothing
            {
              name: 'privacy',
              test: /[\\/]PrivacyRules\.tsx$/,
              includeDependenciesRecursively: false,
              priority: 1,
            },
            // what selects and menus open: pages ask for it when they are drawn
            { name: 'menus', test: MENUS, priority: 1 },
            // the charts and small parts of which pages are made, without what one of them opens now and then
            {
              name: 'parts',
              test: (id: string) => PARTS.test(id) || CRUMBS.test(id),
              minShareCount: 2,
              includeDependenciesRecursively: false,
              priority: 1,
            },
            { name: 'shared', minShareCount: 2, entriesAware: true, entriesAwareMergeThreshold: 1 },
          ],
        },
      },
    },
    // The lazily loaded drawing library is larger than the limit by design; the first page is measured by a test.
    chunkSizeWarningLimit: 700,
  },
  server: {
    port: 5173,
    proxy: { '/api': server, '/docs': server, '/metrics': server },
  },
});
