import { TiltmeterError } from '../../../../../contract/errors.ts';

/** Throws unsupported_platform where the engine has no build: it needs Linux with glibc, or macOS, on x64 or arm64. */
export function requirePlatform(
  platform: string = process.platform,
  arch: string = process.arch,
  glibc: boolean = platform !== 'linux' || runsOnGlibc(),
): void {
  if ((platform === 'linux' || platform === 'darwin') && (arch === 'x64' || arch === 'arm64') && glibc)
    return;
  const name = `${platform} ${arch}${glibc ? '' : ' without glibc'}`;
  throw new TiltmeterError('unsupported_platform', `The embedded lake does not run on ${name}`);
}

function runsOnGlibc(): boolean {
  const report = process.report.getReport() as { header?: { glibcVersionRuntime?: string } };
  return report.header?.glibcVersionRuntime !== undefined;
}
