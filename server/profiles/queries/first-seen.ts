/** First bucket in which each column of a model had a value, references from files included, and the newest revision. Parameter: model. */
export const FIRST_SEEN = `SELECT column, toUnixTimestamp64Milli(min(time)) AS first
FROM tiltmeter.profiles
WHERE model = {model:String} AND n > missing
GROUP BY column`;

/** The newest revision among a model's profiles, epoch ms; 0 when there are none. Parameter: model. */
export const NEWEST_REVISION = `SELECT toUnixTimestamp64Milli(max(revision)) AS revision
FROM tiltmeter.profiles WHERE model = {model:String}`;
