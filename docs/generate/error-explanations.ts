import type { ErrorCode } from '../../contract/errors.ts';

/** What the table of codes leaves out: when a code appears, what happened to the data, how to go on. */
export const EXPLANATIONS: Record<ErrorCode, string> = {
  invalid_json:
    'With `application/json` the whole body is one JSON value and nothing of a malformed one is stored. With `application/x-ndjson` each line stands for itself: the malformed line is rejected in the receipt and kept among the rejects, the lines around it are stored.',
  invalid_protobuf:
    'A field of the body ends beyond it, or it is not protobuf at all: it was cut off, or has another content type than it says. Nothing of it was stored. A record whose own bytes cannot be read is refused alone, with `invalid_telemetry`.',
  invalid_telemetry:
    'An id of another length, a histogram whose counts do not fit its bounds, a value of the wrong type. That record is counted in `rejected` of the answer, with the first such message; the others are stored. Status 400 only when nothing of the request could be stored.',
  invalid_payload:
    'The message names the tensor and what is wrong: values that do not fill its shape, rows that request and response do not share, other positions than `payload.features` of the model names. That inference is counted and kept among the rejected events; those beside it are stored.',
  unpaired_payload:
    'Payload loggers tell what a model was asked and what it answered in two events, which make predictions together. One waits a minute for the other, in memory; then it is counted here and kept among the rejected events, without its values.',
  too_many_series:
    'A series is a metric with its attributes and those of its resource. A key has at most 100,000 in an hour, and all keys together a million: each costs for as long as it is kept. Points of further series are refused and counted; those of known ones go on.',
  empty_body: 'The body had no bytes, or only white space. Nothing was stored and nothing was lost.',
  invalid_request:
    '`details` has one entry per field: its path and what it takes. The request changed nothing. Query parameters are checked too, so a misspelt filter is an error and never a silently unfiltered answer.',
  invalid_compression:
    'The stream ended early, or is not of the kind that `content-encoding` says. Nothing of it was stored.',
  unsupported_encoding: '`content-encoding` names something other than `gzip`, `zstd` or `identity`.',
  unsupported_media_type:
    'The address takes other content types than the one sent. `curl --data` sends `application/x-www-form-urlencoded` unless told otherwise: add `-H "content-type: application/json"`.',
  body_too_large:
    'The limit counts bytes after decompression, so a small compressed body can exceed it too; reading stops at the limit. A body of more than 100,000 events is too large as well. Each address has a limit of its own; `/docs` has them. Nothing of the request was stored.',
  too_slow:
    'While a body comes it holds room that others wait for. One that brings less than 10 KiB in ten seconds is given up, and the connection closed. Nothing of it was stored.',
  sender_gone:
    'The connection broke while the body came, or before all of it was taken. What was taken by then may be stored; sent again, it is recognised by its ids. Nobody gets to read this answer; it is in the log at level debug.',
  wrong_host:
    'A page of another site can let its name point to this server, and then a browser takes that page for one of this server. So requests without a key are answered only under the name of `TILTMETER_ADDRESS`, the names in `TILTMETER_HOSTS`, `localhost` and addresses of numbers. Requests with a key are answered under any name.',
  not_authenticated:
    'No `Authorization` header and no session cookie, or one that is unknown, revoked or expired. The answer is the same in all these cases.',
  not_allowed:
    'The caller is known but lacks the role (viewer, editor, admin) or the key scope (ingest, read, write, admin) that the address asks for. `/docs` shows what each address asks for.',
  cross_origin:
    'A browser sent a changing request with a session cookie from a page of another origin. Sessions are for the dashboard; other programs use keys.',
  not_found: 'No model, incident, key or other thing has this id, or the address itself does not exist.',
  method_not_allowed: 'The address exists and takes other methods; the header `Allow` names them.',
  conflict:
    'The name is taken, or two people changed the same thing at the same time and this was the second. Nothing was overwritten.',
  matches_everything:
    'Nobody would be told of anything while it holds: it has no matcher, or none that leaves an incident out. The message says how many incidents of the past days that would have been. Nothing was silenced.',
  model_being_deleted:
    'Somebody deleted a model of this name, or merged it into another one, a moment ago, and not everything of it is gone yet. Until then nothing new may bear its name, so that nothing new is removed with it. Events are kept among the rejects and can be replayed afterwards; they make a new, empty model then.',
  idempotency_in_progress:
    'Two requests with the same `Idempotency-Key` overlap. The first will be stored or refused; a repetition then gets its receipt. The clients of this repository wait by themselves.',
  idempotency_mismatch:
    'A key belongs to the body it came with first. Reusing it for another body would hide the second from you, so it is refused and not stored.',
  too_many_requests:
    'The queue in front of the store is bounded in bytes, each sender may hold as much of it as is left free, and there is no more for this one. Or: an address asks too often (ten sign-ins, sixty wrong keys or 1,200 heartbeats a minute), or a key made as many new models or columns in this hour as it may (`TILTMETER_NEW_MODELS_PER_HOUR`, `TILTMETER_NEW_COLUMNS_PER_HOUR`), or named 100 new [jobs](heartbeats.md) in it; the message says which. `Retry-After` says how long to wait. The clients of this repository wait by themselves.',
  store_unavailable:
    'The lake or the ledger did not answer in time, or is being restarted. An answer with this code means: not acknowledged. Sending the same request again is safe; rows that were stored after all are recognised by their ids.',
  stopping: 'The server was told to stop and takes no new events; those it has acknowledged are stored.',
  table_missing:
    'A table that somebody dropped from the database `tiltmeter` is made again, empty, as soon as it is missed, and what was sent is stored; the log names it at level error, since what was in it is gone unless it is restored from a backup. This code means that making it failed too. The message names the table, the log has the reason (no room, no right to create tables, a cluster without Keeper).',
  disk_full:
    'The engine could not write, or less than 32 MiB are free on the disk of the data folder. What was acknowledged before is intact. Free space or shorten the retention of a model; ingest goes on by itself afterwards.',
  lease_lost:
    'Each model is judged by one server, and each job of which there is one runs on one. A server that was away for more than a quarter of a minute (paused, or cut off from the ledger) finds its work taken over; what it was about to decide is dropped and decided by the other. It appears in the log at level debug only.',
  no_common_columns:
    'The file that was sent as reference has no column, and no score, that the model has too: everything that is compared with it would be blind. The message names the columns of both sides. Nothing was stored, and the reference of the model is what it was. Columns of the file that the model does not have are no harm while others are in common: they are left out, and the answer says which.',
  reference_too_large:
    'A reference file is read in a process of its own, within 3 minutes and 768 MiB, so that it disturbs nobody. It took more and was ended; nothing was stored.',
  query_too_large:
    'Every query has a limit of time and of memory, so that one question cannot stop ingest. The limits protect the process; a shorter range, fewer columns or a later page answer the same question.',
  internal:
    'A defect of Tiltmeter. The reply has no details on purpose; the log has them under the request id, which is in the header `x-request-id`.',
  invalid_event:
    'An array element or a line is a number, a text or null where an object is needed, or is made of more than 32 objects and lists: no event has so many, and they cost more memory than they weigh. Only this event was rejected.',
  missing_field:
    'A prediction needs `model` and at least one of `features` and `prediction`; a label needs `model`, `id` and `label`; an outcome `model`, `metric` and `value`; a change `kind` and `title`. Only this event was rejected.',
  unknown_field:
    'Fields are checked strictly, so that a misspelt `predicton` is found on the first day and not in the first incident. Only this event was rejected.',
  invalid_field:
    'The field is known but has a value it does not take. (A feature whose type differs from its column is not rejected: it is stored as a misfit and counts as invalid.) Only this event was rejected.',
  unknown_definition:
    'What a profile counts (the grid, what is missing, how texts are cut) is fixed by its definition, and only profiles of one definition add up. The agent is older or newer than the server. Only this profile was rejected; it is kept among the rejects and can be sent again after the server was updated.',
  damaged_profile:
    'A profile says how many predictions it counts, and its cells or names must add up to those with a value: this one does not, so it was cut off or changed after the agent wrote it. Of a column with a privacy rule everything that was counted is emptied at the door, which ends here as well. Only this profile was rejected.',
  label_type_mismatch:
    'The labels of a regression are numbers; those of a classifier are what nearly all of its first labels were (from twenty on): numbers, 0 and 1, true and false, or texts. `label_type` of the model says which, and may be set; `any` takes everything. The same answer written otherwise, such as `true` or `"True"` where labels are 0 and 1, is put into the words of the others. A label of another type would take the place of the good label of the same id, so it is kept among the rejects instead, where it is counted and can be sent again once it is put right. Only this event was rejected.',
  invalid_time:
    'Times are RFC 3339 with a zone or epoch milliseconds. Times before the year 2000 are nearly always seconds sent as milliseconds; times more than a day ahead a wrong clock. Only this event was rejected.',
  invalid_id: 'The id is empty, too long, or has control characters. Only this event was rejected.',
  invalid_model_name:
    'Model names appear in addresses, table names and file names and stay plain for that reason. Only this event was rejected.',
  invalid_feature_name:
    'Feature names become column names that people query. A leading `_` belongs to the fixed columns. Only this event was rejected.',
  model_not_allowed:
    'The key that sent it was made for some models, and this event names another or none. It is kept among the rejects, where somebody with access to all models may send it again. Only this event was rejected.',
  unknown_model:
    'Creating models by their first event is switched off on this server, and no model has this name. The event is kept among the rejects and can be replayed after the model was created.',
  too_many_models:
    'There are 1,000 models already. Nearly always a sender puts something that changes into the name, such as an id or a date. Events of existing models are stored as before; a model that someone creates by hand (`POST /api/v1/models`) takes events however many there are. The event is kept among the rejects and can be replayed.',
  too_many_features:
    'Features become columns, and a table of thousands of columns slows every query. This code is for what people do: columns that they declare, a reference file, merging models. Events are stored without the features that no column is left for; `dropped_features` and `warnings` of the receipt say so, and so does the fleet for a day. Send a long or open-ended set of values as tags, or leave it out.',
  string_too_long:
    'The limit is stated in the message. Free text of this length is no category; send a class, a length or a hash of it.',
  number_not_finite:
    'NaN and Infinity cannot be written in JSON; a literal such as 1e400 can, and means infinity. Only this event was rejected.',
  invalid_unicode:
    'A lone surrogate (half of a character) or a NUL cannot be stored as text and would not come back as it was sent. Only this event was rejected.',
  event_too_large: 'One event had more than its share of bytes. The events around it were stored.',
  data_folder_locked:
    'One process owns a data folder at a time; two would corrupt it. The lock falls with its process, also after kill -9, so there is nothing to clean up by hand.',
  data_folder_not_writable:
    'The folder, or the folder it would be made in, does not belong to the user that runs the server.',
  port_in_use:
    'Another program listens there, perhaps another Tiltmeter. `tiltmeter doctor` tells which of the two.',
  public_address_refused:
    'Without a user or a key, whoever reaches the address first would become admin. Sign in once on 127.0.0.1, or set TILTMETER_ADMIN_KEY before the start.',
  unsupported_platform:
    'The engine of the embedded lake is a native library for Linux with glibc and for macOS. Everything else of Tiltmeter runs elsewhere too, with a ClickHouse server as its lake.',
  invalid_option: 'The process did not start; exit code 2.',
  invalid_mapping:
    'A column that was named is not in the table, two columns were said to be the same part, or labels lack the id of their prediction. Nothing was stored.',
  unreadable_table:
    'The file ends too early, is of another format than its name or content type says, or has rows that do not fit its header. Nothing of it was taken.',
  nothing_to_compare:
    'Both files were read, and no column of one is in the other under the same name, or none that holds values to compare: identifiers, times and nested values are left out. A table without a header has names of its own (`column_1`). Exit code 2 of `tiltmeter check`.',
  private_address:
    'Addresses that users enter (webhooks) must not let them reach into the network of the server. Resolved addresses are checked too, at the moment of each call.',
  scrape_config_invalid:
    'The file of `TILTMETER_SCRAPE_FILE` as a whole, or a file that a job of it names, cannot be read. The server runs, and goes on with the jobs that the file had when it could be read.',
  scrape_unreachable:
    'Nobody answered at the address: the name is not known, nothing listens, a firewall is between, the certificate is not accepted. `up` of the target is 0, and its series have ended.',
  scrape_timeout:
    'The page was not there whole within `scrape_timeout`. Nothing of it was stored; `up` of the target is 0, and its series have ended.',
  scrape_refused:
    'The target answers, and not with its page. Redirects are not followed: an address that was allowed could point to one that is not.',
  scrape_not_metrics:
    'The content type is neither `text/plain` nor `application/openmetrics-text`, what was packed cannot be unpacked, or none of the lines is a sample.',
  scrape_too_large:
    'The page, unpacked, has more bytes than `body_size_limit` of its job, or many large ones came at once. It was not read to its end, and nothing of it was stored.',
  probe_failed:
    'The address answered with a status that is not expected (redirects are not followed: name the address that they point to), or without the text that is. `probe_success` is 0.',
  scrape_too_many_samples:
    'The page has more samples than `sample_limit` of its job. None was stored: any choice among them would be another one each time. `scrape_samples_scraped` says how many there were.',
};
