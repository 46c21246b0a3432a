/** How many buckets of a model hold predictions, and the newest of them in epoch ms. Parameter: model. */
export const EXTENT = `SELECT count() AS buckets, toUnixTimestamp64Milli(max(time)) AS newest
FROM tiltmeter.profiles
WHERE model = {model:String} AND source = '' AND column = '_all' AND n > 0`;
