/** Lists of jobs and of targets are written by people or by programs that know them; what is larger is something else. */
export const FILE_BYTES = 5 * 1024 ** 2;
