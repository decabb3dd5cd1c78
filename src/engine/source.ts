/** Bytes to read: a browser File or Blob, bytes, or (native only) a path on disk. */
export type Source = Blob | Uint8Array | { path: string };
