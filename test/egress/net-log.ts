import { readFileSync } from 'node:fs';

/** What the browser's network did, by its own log. */
export interface NetLog {
  /** Every name looked up. */
  resolved: Set<string>;
  /** Names outside this machine that the app asked for. */
  foreign: Set<string>;
}

const nameOf = (url: string): string => url.replace(/^\w+:\/\//, '').replace(/[:/?].*$/, '');

/** Reads the log line by line: it may lack its end where the browser was closed. */
export function readNetLog(files: readonly string[], app: URL): NetLog {
  const resolved = new Set<string>();
  const foreign = new Set<string>();
  const local = (name: string): boolean => name === app.hostname || /localhost$|^127\./.test(name);
  const note = (name: string): void => void (local(name) || foreign.add(name));
  for (const line of files.flatMap((file) => readFileSync(file, 'utf8').split('\n'))) {
    const host = /"host":"([^"]+)"/.exec(line)?.[1];
    if (host !== undefined) {
      resolved.add(nameOf(host));
      if (line.includes(`"network_anonymization_key":"${app.protocol}//${app.hostname}`)) note(nameOf(host));
    }
    const started = line.includes(`"initiator":"${app.origin}"`) ? /"url":"((?:http|ws)[^"]+)"/.exec(line)?.[1] : undefined;
    if (started !== undefined) note(nameOf(started));
  }
  return { resolved, foreign };
}
