import { z } from 'zod';
import { KEY_LENGTH, VALUE_LENGTH } from '../otlp/attributes.ts';

/** Samples that a target may tell at once, and bytes of its page, unless its job says otherwise. */
export const USUAL_SAMPLES = 50_000;
export const USUAL_BYTES = 16 * 1024 ** 2;
const MOST_SAMPLES = 100_000;
const MOST_BYTES = 64 * 1024 ** 2;

const UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
  y: 31_536_000_000,
};

/** Milliseconds of a length as Prometheus writes it. `1m30s` → 90,000 */
export const Duration = z
  .string()
  .regex(/^(\d{1,9}(ms|s|m|h|d|w|y))+$/, 'must be a length of time like 15s or 1m30s')
  .transform((text) =>
    [...text.matchAll(/(\d+)([a-z]+)/g)].reduce((sum, [, n, unit]) => sum + Number(n) * UNITS[unit!]!, 0),
  );

/** The scheduler looks once a second. */
const Interval = Duration.refine((ms) => ms >= 1000 && ms <= 86_400_000, 'must be from 1s to 1d');

/** Bytes as Prometheus writes them: powers of 1024. `10MB` → 10,485,760 */
const Size = z
  .string()
  .regex(/^\d{1,12}(B|KB|KiB|MB|MiB)$/, 'must be a number of bytes like 10MB')
  .transform((text) => {
    const unit = text.replace(/[\d iB]/g, '');
    return Number.parseInt(text, 10) * 1024 ** ' KM'.indexOf(unit || ' ');
  })
  .refine((bytes) => bytes >= 1 && bytes <= MOST_BYTES, `must be at most ${MOST_BYTES / 1024 ** 2}MB`);

const LabelName = z
  .string()
  .max(KEY_LENGTH)
  .regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/, 'must be the name of a label: letters, digits and "_"');
export const Labels = z
  .record(
    LabelName,
    z.union([z.string(), z.number(), z.boolean()]).transform(String).pipe(z.string().max(VALUE_LENGTH)),
  )
  .default({});

const Address = z.string().min(1).max(512);
/** Addresses that share labels: what `static_configs` has, and files of `file_sd_configs`. */
export const TargetGroup = z.object({ targets: z.array(Address).max(10_000), labels: Labels });
export type TargetGroup = z.infer<typeof TargetGroup>;

const Authorization = z
  .object({
    type: z.string().max(64).default('Bearer'),
    credentials: z.string().max(8192).optional(),
    credentials_file: z.string().optional(),
  })
  .strict();
const BasicAuth = z
  .object({
    username: z.string().max(1024),
    password: z.string().max(8192).optional(),
    password_file: z.string().optional(),
  })
  .strict();
const Tls = z
  .object({
    ca_file: z.string().optional(),
    server_name: z.string().optional(),
    insecure_skip_verify: z.boolean().default(false),
  })
  .strict();
const HeaderValues = z.object({ values: z.array(z.string().regex(/^[\x20-\x7e]*$/)).max(10) }).strict();

/** Files of groups; the last part of a path may have `*`. `refresh_interval` is read and needs nothing: they are looked at once a second. */
const FileDiscovery = z
  .object({
    files: z
      .array(z.string().regex(/\.(json|ya?ml)$/, 'must end in .json, .yml or .yaml'))
      .min(1)
      .max(100),
    refresh_interval: Duration.optional(),
  })
  .strict()
  .transform(({ files }) => ({ files }));
export type FileDiscovery = z.infer<typeof FileDiscovery>;

const DnsDiscovery = z
  .object({
    names: z.array(z.string().min(1).max(253)).min(1).max(100),
    type: z.enum(['A', 'AAAA', 'SRV']).default('SRV'),
    port: z.number().int().min(1).max(65_535).optional(),
    refresh_interval: Interval.default(30_000),
  })
  .strict()
  .refine(({ type, port }) => type === 'SRV' || port !== undefined, 'port must be there for A and AAAA');
export type DnsDiscovery = z.infer<typeof DnsDiscovery>;

/** How a target is asked. */
const asking = {
  scheme: z.enum(['http', 'https']).default('http'),
  authorization: Authorization.optional(),
  basic_auth: BasicAuth.optional(),
  bearer_token_file: z.string().optional(),
  http_headers: z.record(z.string().regex(/^[A-Za-z0-9-]+$/), HeaderValues).default({}),
  tls_config: Tls.default({ insecure_skip_verify: false }),
};

/** A job of `scrape_configs`: the part of what Prometheus has that is understood. What is beyond is refused, for a job that leaves out the half of its labels looks well. */
export const ScrapeJobFile = z
  .object({
    job_name: z.string().min(1).max(128),
    scrape_interval: Interval.optional(),
    scrape_timeout: Interval.optional(),
    metrics_path: z.string().startsWith('/', 'must begin with /').max(2048).default('/metrics'),
    params: z.record(z.string(), z.array(z.string())).default({}),
    honor_labels: z.boolean().default(false),
    honor_timestamps: z.boolean().default(true),
    sample_limit: z.number().int().min(1).max(MOST_SAMPLES).default(USUAL_SAMPLES),
    body_size_limit: Size.default(USUAL_BYTES),
    static_configs: z.array(TargetGroup.strict()).max(1000).default([]),
    file_sd_configs: z.array(FileDiscovery).max(100).default([]),
    dns_sd_configs: z.array(DnsDiscovery).max(100).default([]),
    ...asking,
  })
  .strict();

/** A job of `probe_configs`: addresses that are asked as their users ask them. */
export const ProbeJobFile = ScrapeJobFile.omit({
  metrics_path: true,
  params: true,
  scheme: true,
  honor_labels: true,
  honor_timestamps: true,
  sample_limit: true,
  body_size_limit: true,
  dns_sd_configs: true,
})
  .extend({
    method: z.enum(['GET', 'HEAD']).default('GET'),
    /** Any of 200 to 299 where it names none. */
    valid_status_codes: z.array(z.number().int().min(100).max(599)).max(50).default([]),
    /** A text that the first MiB of the answer has. */
    body_contains: z.string().min(1).max(1000).optional(),
  })
  .refine(
    ({ method, body_contains }) => method === 'GET' || body_contains === undefined,
    'with HEAD there is no body that could contain something',
  );

export type ScrapeJobFile = z.infer<typeof ScrapeJobFile>;

/** What stands above the jobs. */
export const GlobalFile = z.object({
  scrape_interval: Interval.default(60_000),
  scrape_timeout: Interval.default(10_000),
});
