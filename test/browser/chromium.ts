/**
 * Where a Chromium may be, the best first: the headless shell draws pages and nothing around them, with less than half of the work
 * of a whole browser, whose toolbars are pages themselves.
 */
export const CHROMIUM = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];
